import type { EnteredRowOut } from "@/gen/model";
import { doublesIn, lineOf, openRowsOf, withGoods } from "./entered-rows";

const row = (change: Partial<EnteredRowOut>): EnteredRowOut => ({
  row_no: 1,
  text: "沐泉 5",
  state: "MATCHED",
  because: "",
  detail: "",
  sku_id: 7,
  sku_code: "WA003",
  sku_name: "沐泉天然矿泉水 1.5L",
  unit: "箱",
  quantity: "5",
  candidates: [],
  same_as: null,
  ...change,
});

test("every row that is not matched stays, each under its list and number", () => {
  const rows = [
    row({ row_no: 1 }),
    row({ row_no: 2, state: "AMBIGUOUS", sku_id: null, unit: "" }),
    row({ row_no: 3, state: "UNKNOWN", sku_id: null, unit: "", quantity: null }),
    row({ row_no: 4, state: "INVALID", because: "quantity_missing", quantity: null }),
  ];

  expect(openRowsOf(rows, "a").map(({ key, state }) => [key, state])).toEqual([
    ["a-2", "AMBIGUOUS"],
    ["a-3", "UNKNOWN"],
    ["a-4", "INVALID"],
  ]);
});

test("a row goes into the cart once its goods and its quantity are known, not before", () => {
  const [open] = openRowsOf([row({ state: "AMBIGUOUS", sku_id: null, unit: "", quantity: "5" })], "a");
  if (!open) throw new Error("no row");
  expect(lineOf(open)).toBeNull();

  const settled = withGoods(open, { id: 181, name: "沐泉白桃苏打水", unit: "箱" });
  expect(lineOf(settled)).toEqual({ sku_id: 181, quantity: "5", unit: "箱" });
  expect(lineOf({ ...settled, quantity: "0" })).toBeNull();
  expect(lineOf({ ...settled, quantity: null })).toBeNull();
});

test("the unit that was said is kept where the goods are counted in it, else theirs is taken", () => {
  const [open] = openRowsOf([row({ state: "UNKNOWN", sku_id: null, unit: "瓶" })], "a");
  if (!open) throw new Error("no row");

  expect(withGoods(open, { id: 1, name: "", unit: "箱", units: ["箱", "瓶"] }).unit).toBe("瓶");
  expect(withGoods(open, { id: 1, name: "", unit: "箱", units: ["箱", "盒"] }).unit).toBe("箱");
});

test("rows of the same goods are counted, since their quantities were summed", () => {
  expect(doublesIn([row({}), row({ row_no: 2, same_as: 1 }), row({ state: "INVALID", same_as: 1 })])).toBe(1);
});
