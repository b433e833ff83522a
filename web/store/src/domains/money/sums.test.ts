import { monthOf, sumsOf } from "./sums";

test("a month ends on its own last day, in leap years too", () => {
  expect(monthOf("2026-11-29")).toEqual({ first: "2026-11-01", last: "2026-11-30" });
  expect(monthOf("2028-02-10")).toEqual({ first: "2028-02-01", last: "2028-02-29" });
});

test("what came and what went are told apart, to the cent", () => {
  const lines = [{ change: "100.10" }, { change: "-33.33" }, { change: "0.2" }, { change: "-0.01" }];
  expect(sumsOf(lines)).toEqual({ up: "100.3", down: "33.34" });
  expect(sumsOf([])).toEqual({ up: "0", down: "0" });
});
