import type { UsualOut } from "@/gen/model";
import { addable, proposed, rowsOf, wantedOf } from "./usual-rows";

const unit = (name: string, numerator: number) => ({ unit: name, numerator, denominator: 1, step: null });

function usual(id: number, more: Partial<UsualOut> = {}, offer: Partial<UsualOut["offer"]> = {}): UsualOut {
  return {
    offer: {
      sku_id: id,
      sku_code: `W${id}`,
      sku_name: `水 ${id}`,
      base_unit: "瓶",
      is_whole: true,
      units: [unit("瓶", 1), unit("箱", 24)],
      minimum: null,
      multiple: null,
      order_limit: null,
      ...offer,
    } as UsualOut["offer"],
    orderable: true,
    times: 3,
    usual_unit: "箱",
    usual_quantity: "5.000",
    ...more,
  } as UsualOut;
}

const none = new Map<number, never>();

test("what is usual is proposed in its unit; an odd one becomes the nearest that can be ordered", () => {
  expect(proposed(usual(1))).toEqual({ 箱: "5" });
  expect(proposed(usual(1, { usual_unit: "托" }))).toEqual({ 瓶: "5" });
  const bySix = usual(1, { usual_unit: "瓶", usual_quantity: "7" }, { multiple: "6" });
  expect(proposed(bySix)).toEqual({ 瓶: "12" });
  const limited = usual(1, { usual_quantity: "9" }, { order_limit: "48" });
  expect(proposed(limited)).toEqual({ 箱: "2" });
});

test("what is in the cart shows the cart's quantity, what is not the draft or the proposal", () => {
  const lines = [{ sku_id: 1, unit: "箱", quantity: "2.000" }];
  const rows = rowsOf([usual(1), usual(2), usual(3)], lines, none, new Map([[2, { 箱: "1" }]]));
  expect(rows.map(({ isIn, counts }) => [isIn, counts])).toEqual([
    [true, { 箱: "2" }],
    [false, { 箱: "1" }],
    [false, { 箱: "5" }],
  ]);
});

test("an edit on its way counts before what the server has: added is in, taken out is not", () => {
  const lines = [{ sku_id: 1, unit: "箱", quantity: "2" }];
  const wanted = new Map([
    [1, { counts: { 箱: "0" }, lines: [] }],
    [2, { counts: { 箱: "4" }, lines: [{ unit: "箱", quantity: "4" }] }],
  ]);
  const rows = rowsOf([usual(1), usual(2)], lines, wanted, none);
  expect(rows.map(({ isIn, counts }) => [isIn, counts])).toEqual([
    [false, { 箱: "5" }],
    [true, { 箱: "4" }],
  ]);
});

test("all that is added is what is not in, has a quantity, and may be ordered so", () => {
  const drafts = new Map([
    [2, { 箱: "0" }],
    [3, { 瓶: "7" }],
  ]);
  const list = [
    usual(1),
    usual(2),
    usual(3, {}, { multiple: "6" }),
    usual(4, { orderable: false }),
    usual(5),
  ];
  const rows = rowsOf(list, [{ sku_id: 5, unit: "箱", quantity: "1" }], none, drafts);
  expect(addable(rows).map(({ of }) => of.offer.sku_id)).toEqual([1]);
});

test("an edit names every unit, so that what stood in another one goes", () => {
  expect(wantedOf(usual(1), { 箱: "2" }, [{ sku_id: 1, unit: "提", quantity: "1" }])).toEqual({
    skuId: 1,
    counts: { 箱: "2" },
    lines: [{ unit: "箱", quantity: "2" }],
    units: ["瓶", "箱", "提"],
  });
});
