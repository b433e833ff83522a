import type { EnteredRowOut, OfferOut } from "@/gen/model";
import { isSettled, linesOfRows, openFirst, rowsOf, withChoice, withOffer } from "./list-rows";

const row = (over: Partial<EnteredRowOut>): EnteredRowOut => ({
  row_no: 1,
  text: "水 3箱",
  state: "MATCHED",
  because: "",
  detail: "",
  sku_id: 5,
  sku_code: "WA005",
  sku_name: "沐泉 550ml",
  unit: "箱",
  quantity: "3.000000",
  candidates: [],
  same_as: null,
  ...over,
});
const choice = { sku_id: 8, sku_code: "WA008", sku_name: "沐泉 1L", specification: "1L×12", unit: "箱" };

test("what is clear goes into the cart as it was read", () => {
  const rows = rowsOf([
    row({}),
    row({ row_no: 2, state: "UNKNOWN", sku_id: null, sku_name: "", quantity: null }),
  ]);
  expect(rows.map(isSettled)).toEqual([true, false]);
  expect(openFirst(rows).map((one) => one.no)).toEqual([2, 1]);
  expect(linesOfRows(rows)).toEqual([{ sku_id: 5, quantity: "3", unit: "箱" }]);
});

test("an ambiguous row keeps its unit and quantity when its goods are chosen", () => {
  const [open] = rowsOf([
    row({ state: "AMBIGUOUS", sku_id: null, sku_name: "", unit: "瓶", candidates: [choice] }),
  ]);
  if (!open) throw new Error("no row");
  expect(isSettled(open)).toBe(false);
  const chosen = withChoice(open, 8);
  expect(chosen).toMatchObject({ skuId: 8, name: "沐泉 1L", unit: "瓶", units: ["瓶", "箱"], quantity: "3" });
  expect(withChoice(open, 99)).toBe(open);
});

test("goods that were looked up bring their units; a missing quantity stays missing", () => {
  const [open] = rowsOf([row({ state: "UNKNOWN", sku_id: null, sku_name: "", unit: "件", quantity: null })]);
  if (!open) throw new Error("no row");
  const offer = {
    sku_id: 8,
    sku_name: "沐泉 1L",
    unit: "箱",
    units: [{ unit: "箱" }, { unit: "瓶" }],
  } as OfferOut;
  const found = withOffer(open, offer);
  expect(found).toMatchObject({ skuId: 8, unit: "箱", units: ["箱", "瓶"], quantity: "" });
  expect(isSettled(found)).toBe(false);
  expect(linesOfRows([{ ...found, quantity: "2.5" }])).toEqual([{ sku_id: 8, quantity: "2.5", unit: "箱" }]);
});
