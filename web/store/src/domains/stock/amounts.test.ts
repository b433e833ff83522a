import { fieldsOf, partsOf, stepped, totalOf, typed, within } from "./amounts";

const UNITS = [
  { unit: "箱", numerator: 24, denominator: 1 },
  { unit: "提", numerator: 13, denominator: 2 },
  { unit: "瓶", numerator: 1, denominator: 1 },
];

describe("goods in cases and pieces", () => {
  test("are counted in whole units, largest first, the base unit always", () => {
    expect(fieldsOf(UNITS, "瓶")).toEqual([
      { unit: "箱", size: "24" },
      { unit: "瓶", size: "1" },
    ]);
    expect(fieldsOf([], "kg")).toEqual([{ unit: "kg", size: "1" }]);
  });

  test("come apart and together without a piece lost", () => {
    expect(partsOf("77", UNITS, "瓶")).toEqual({ 箱: "3", 瓶: "5" });
    expect(totalOf({ 箱: "3", 瓶: "5" }, fieldsOf(UNITS, "瓶"))).toBe("77");
    expect(totalOf({ 箱: "", 瓶: "30" }, fieldsOf(UNITS, "瓶"))).toBe("30");
    for (let value = 0; value < 200; value += 1)
      expect(totalOf(partsOf(String(value), UNITS, "瓶"), fieldsOf(UNITS, "瓶"))).toBe(String(value));
  });

  test("step by their unit, never below nothing nor above what there is", () => {
    expect(stepped("5", "24", -1)).toBe("0");
    expect(stepped("20", "24", 1, "30")).toBe("30");
    expect(stepped("20", "1", 1, "30")).toBe("21");
    expect(within("12.50", null)).toBe("12.5");
  });

  test("are typed in digits of any width", () => {
    expect(typed("０１２", true)).toBe("12");
    expect(typed("1.5", true)).toBe("1");
    expect(typed("1。2345", false)).toBe("1.234");
    expect(typed("-3箱", true)).toBe("3");
  });
});
