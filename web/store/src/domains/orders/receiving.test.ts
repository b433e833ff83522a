import { damaged, differencesOf, type Found, foundOf, isNothing, received, receivedOf } from "./receiving";

const LINES = [
  { line_no: 1, sku_id: 7, shipped: "24" },
  { line_no: 2, sku_id: 8, shipped: "6" },
];
const [line] = LINES as [(typeof LINES)[number], (typeof LINES)[number]];
const NONE: Found = { missing: "0", damaged: "0", note: "" };
const both = (_: unknown, found: Found) => `另缺 ${found.missing}`;

describe("taking goods in", () => {
  test("is all as shipped until somebody says otherwise", () => {
    expect(differencesOf(LINES, {}, both)).toEqual([]);
    expect(receivedOf(line, foundOf({}, 1))).toBe("24");
  });

  test("less received is missing, more again is not", () => {
    const short = received(line, NONE, "23");
    expect(short.missing).toBe("1");
    expect(received(line, short, "24").missing).toBe("0");
    expect(differencesOf(LINES, { 1: short }, both)).toEqual([
      { line_no: 1, received: "23", reason: "SHORT", note: "" },
    ]);
  });

  test("damage takes from the good ones, and never makes more than was shipped", () => {
    const broken = damaged(line, NONE, "2");
    expect(receivedOf(line, broken)).toBe("22");
    const lost = received(line, NONE, "0");
    expect(damaged(line, lost, "24")).toEqual({ missing: "0", damaged: "24", note: "" });
    expect(receivedOf(line, damaged(line, lost, "4"))).toBe("0");
  });

  test("of damage and loss together the damage is the reason and the loss is said", () => {
    const found = { ...received(line, damaged(line, NONE, "2"), "21"), note: "纸箱湿了" };
    expect(differencesOf(LINES, { 1: found }, both)).toEqual([
      { line_no: 1, received: "21", reason: "DAMAGED", note: "另缺 1 纸箱湿了" },
    ]);
  });

  test("knows when nothing came at all", () => {
    const lost = { 1: received(line, NONE, "0"), 2: { ...NONE, missing: "6" } };
    expect(isNothing(LINES, lost)).toBe(true);
    expect(isNothing(LINES, { 1: received(line, NONE, "0") })).toBe(false);
  });
});
