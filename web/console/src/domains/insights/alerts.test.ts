import type { AnswerOut } from "@/gen/model";
import { alertsOf } from "./alerts";

const answer = (
  metrics: string[],
  rows: { name: string; values: (string | null)[]; growth?: (string | null)[] }[],
) =>
  ({
    metrics: metrics.map((name) => ({ name, zh: name, en: name, unit: "count" })),
    rows: rows.map(({ name, values, growth }) => ({ keys: [name], labels: [name], values, growth })),
  }) as unknown as AnswerOut;

test("what falls hardest comes first; figures at the threshold and unknown ones alarm nobody", () => {
  const sales = answer(
    ["net_sales"],
    [
      { name: "东", values: ["1"], growth: ["-0.12"] },
      { name: "西", values: ["1"], growth: ["-0.3"] },
      { name: "南", values: ["1"], growth: ["-0.1"] },
      { name: "北", values: ["1"], growth: [null] },
    ],
  );
  const service = answer(
    ["line_fill_rate", "days_of_cover"],
    [
      { name: "东", values: ["0.9", "90"] },
      { name: "西", values: ["0.85", "6.5"] },
      { name: "南", values: [null, "120.00"] },
    ],
  );
  expect(alertsOf(sales, service).map(({ kind, name, value }) => [kind, name, value])).toEqual([
    ["decline", "西", "-0.3"],
    ["decline", "东", "-0.12"],
    ["fill", "西", "0.85"],
    ["cover_low", "西", "6.5"],
    ["cover_high", "南", "120.00"],
  ]);
});

test("an alert leads to the partners behind it", () => {
  const sales = answer(["net_sales"], [{ name: "西", values: ["1"], growth: ["-0.3"] }]);
  expect(alertsOf(sales, undefined)[0]?.to).toBe(
    "/explore?metric=net_sales&rows=partner&period=quarter&f.province=%E8%A5%BF",
  );
});
