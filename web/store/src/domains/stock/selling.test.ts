import type { GoodsOut } from "@/gen/model";
import { amountOf, isPrice, isReady, saleLines, sumOf, withGoods } from "./selling";

const GOODS: GoodsOut = {
  sku_id: 1,
  code: "JU001",
  name: "橙汁",
  specification: "300ml×24",
  base_unit: "盒",
  is_whole: true,
  scanned_unit: "",
  units: [
    { unit: "箱", numerator: 24, denominator: 1 },
    { unit: "盒", numerator: 1, denominator: 1 },
  ],
};

describe("selling", () => {
  test("a scan adds what was scanned: a case is 24", () => {
    const once = withGoods([], GOODS, "3.5");
    expect(once).toEqual([{ goods: GOODS, units: "1", price: "3.5" }]);
    expect(withGoods(once, { ...GOODS, scanned_unit: "箱" }, "")[0]).toMatchObject({
      units: "25",
      price: "3.5",
    });
  });

  test("amounts are to the cent, half up, and unknown where nobody said a price", () => {
    expect(amountOf({ units: "3", price: "1.115" })).toBe("3.35");
    expect(amountOf({ units: "3", price: "" })).toBeNull();
    expect(sumOf([{ goods: GOODS, units: "2", price: "" }])).toBeNull();
  });

  test("a price is digits with at most one point", () => {
    expect(["", "3", "3.55", "0"].every(isPrice)).toBe(true);
    expect(["3.", "-1", "1,5", "a"].some(isPrice)).toBe(false);
    expect(isReady([{ goods: GOODS, units: "0", price: "1" }])).toBe(false);
  });

  test("what comes back counts below zero", () => {
    const lines = [{ goods: GOODS, units: "2", price: "3.5" }];
    expect(saleLines(lines, true)).toEqual([{ sku_code: "JU001", units: "-2", amount: "-7.00" }]);
    expect(saleLines(lines, false)).toEqual([{ sku_code: "JU001", units: "2", amount: "7.00" }]);
  });
});
