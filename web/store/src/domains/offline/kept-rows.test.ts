import type { OfflineOut, OfflineSkuOut } from "@/gen/model";
import { keptRows } from "./kept-rows";

const sku = (id: number, part: Partial<OfflineSkuOut> = {}): OfflineSkuOut =>
  ({
    id,
    code: `W${id}`,
    name: `矿泉水 ${id}`,
    specification: "550ml*24",
    category_id: 1,
    image: "",
    base_unit: "瓶",
    units: [["箱", 24, 1]],
    barcodes: [`69000000000${id}`],
    unit: "箱",
    unit_price: "36.00",
    level: "AMPLE",
    ...part,
  }) as OfflineSkuOut;

const range = {
  version: 1,
  currency: "CNY",
  skus: [sku(1), sku(2, { category_id: 2, name: "Cola" }), sku(3, { level: "NONE" })],
} as unknown as OfflineOut;
const ids = (wish: Parameters<typeof keptRows>[1]) => keptRows(range, wish).map((one) => one.sku_id);

describe("the kept range", () => {
  test("is found by category, name, code and barcode, and what is in stock", () => {
    expect(ids({})).toEqual([1, 2, 3]);
    expect(ids({ categoryId: 2 })).toEqual([2]);
    expect(ids({ text: " cola " })).toEqual([2]);
    expect(ids({ text: "w3" })).toEqual([3]);
    expect(ids({ text: "690000000001" })).toEqual([1]);
    expect(ids({ inStock: true })).toEqual([1, 2]);
  });

  test("is goods that can be put into the cart, at their last price", () => {
    expect(keptRows(range, {})[0]).toMatchObject({
      sku_id: 1,
      unit: "箱",
      unit_price: "36.00",
      currency: "CNY",
      units: [{ unit: "箱", numerator: 24, denominator: 1, step: null }],
    });
  });
});
