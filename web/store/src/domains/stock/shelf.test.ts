import { basePriceOf, coverOf, isNamed, isShown, markOf, worthOf } from "./shelf";

const row = (on_hand: string, sold_28_days: string | null, days_of_cover: string | null) => ({
  on_hand,
  sold_28_days,
  days_of_cover,
});

describe("stock that needs somebody", () => {
  test.each([
    [row("7", "28", "7.0"), "low"],
    [row("7.1", "28", "7.1"), null],
    [row("0", "28", "0"), "out"],
    [row("0", "0", null), null],
    [row("5", "0", null), "dead"],
    [row("5", null, null), null],
    [row("-3", "4", null), "out"],
  ])("%o is %s", (one, mark) => {
    expect(markOf(one)).toBe(mark);
  });

  test("is what a filter shows", () => {
    expect(isShown(row("0", "28", "0"), "low")).toBe(true);
    expect(isShown(row("5", "0", null), "dead")).toBe(true);
    expect(isShown(row("5", "0", null), "low")).toBe(false);
    expect(isShown(row("5", "0", null), "all")).toBe(true);
  });

  test("lasts whole days, and nobody wants to read 2,104", () => {
    expect(coverOf(row("5", "10", "13.5"))).toBe(14);
    expect(coverOf(row("977", "13", "2104.3"))).toBe("over");
    expect(coverOf(row("5", "0", null))).toBeNull();
  });

  test("is found by any of its words", () => {
    const named = { sku_name: "果立方100%橙汁 300ml", sku_code: "JU001" };
    expect(isNamed(named, "橙汁 300")).toBe(true);
    expect(isNamed(named, "ju001")).toBe(true);
    expect(isNamed(named, "苹果")).toBe(false);
  });

  test("is worth what is known, and says for how many nothing is", () => {
    const rows = [
      { sku_id: 1, on_hand: "77" },
      { sku_id: 2, on_hand: "3" },
      { sku_id: 3, on_hand: "0" },
    ];
    expect(worthOf(rows, (sku) => (sku === 1 ? "3.589333" : null))).toEqual({
      amount: "276.378641",
      unknown: 1,
    });
  });

  test("of a price per case a piece costs its part", () => {
    const units = [
      { unit: "箱", numerator: 6, denominator: 1 },
      { unit: "瓶", numerator: 1, denominator: 1 },
    ] as never;
    expect(basePriceOf({ unit_price: "49.02", unit: "箱", units })).toBe("8.170000");
    expect(basePriceOf({ unit_price: null, unit: "箱", units })).toBeNull();
  });
});
