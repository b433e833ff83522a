import { daysOf } from "./periods";

test.each([
  ["month", "2026-11-01", "2026-11-24"],
  ["month_before", "2026-10-01", "2026-11-01"],
  ["days_30", "2026-10-25", "2026-11-24"],
  ["quarter", "2026-10-01", "2026-11-24"],
  ["year", "2026-01-01", "2026-11-24"],
  ["months_12", "2025-12-01", "2026-11-24"],
] as const)("%s on November 23 runs from %s until before %s", (name, start, end) => {
  expect(daysOf(name, "2026-11-23")).toEqual({ start, end });
});

test("the month before January lies in last year", () => {
  expect(daysOf("month_before", "2026-01-05")).toEqual({ start: "2025-12-01", end: "2026-01-01" });
});
