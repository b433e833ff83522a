import { debtsOf, monthOf, signed, sumsOf } from "./sums";

test("a month ends on its own last day, in leap years too", () => {
  expect(monthOf("2026-11-29")).toEqual({ first: "2026-11-01", last: "2026-11-30" });
  expect(monthOf("2028-02-10")).toEqual({ first: "2028-02-01", last: "2028-02-29" });
});

test("what came and what went are told apart, to the cent", () => {
  const lines = [{ change: "100.10" }, { change: "-33.33" }, { change: "0.2" }, { change: "-0.01" }];
  expect(sumsOf(lines)).toEqual({ up: "100.3", down: "33.34" });
  expect(sumsOf([])).toEqual({ up: "0", down: "0" });
});

test("what customers owe is added up without the prepayment of others", () => {
  const accounts = [
    { balance: "-100.10", overdue: "40.05" },
    { balance: "250.00", overdue: "0.00" },
    { balance: "-0.90", overdue: "0.90" },
  ];
  expect(debtsOf(accounts)).toEqual({ owed: "101", overdue: "40.95" });
  expect(debtsOf([])).toEqual({ owed: "0", overdue: "0" });
});

test("what came in carries its plus, what went its minus, nothing neither", () => {
  expect([signed("¥1.00", "1.00"), signed("-¥1.00", "-1.00"), signed("¥0.00", "0.00")]).toEqual([
    "+¥1.00",
    "-¥1.00",
    "¥0.00",
  ]);
});
