import { baseOf, cleaned, countsOf, type EntryGoods, entryOf, fieldsOf, linesOf, stepped } from "./entry";

const BOX = { unit: "箱", numerator: 24, denominator: 1, step: null };
const BOTTLE = { unit: "瓶", numerator: 1, denominator: 1, step: null };
const goods = (over: Partial<EntryGoods> = {}): EntryGoods => ({
  base_unit: "瓶",
  is_whole: true,
  units: [BOX, BOTTLE],
  minimum: null,
  multiple: null,
  order_limit: null,
  ...over,
});

describe("what is typed", () => {
  test.each([
    ["３箱", true, "3"],
    ["007", true, "7"],
    ["1.5", true, "1"],
    ["1。5", false, "1.5"],
    [".25", false, "0.25"],
    ["-4", true, "4"],
    ["12345678901", true, "1234567"],
    ["", true, ""],
  ])("%s becomes %s (whole: %s)", (typed, isWhole, text) => {
    expect(cleaned(typed, isWhole)).toBe(text);
  });
});

describe("base units", () => {
  test.each([
    ["3", { numerator: 24, denominator: 1 }, "72"],
    ["1.5", { numerator: 24, denominator: 1 }, "36"],
    ["2", { numerator: 1, denominator: 4 }, "0.5"],
    ["1", { numerator: 1, denominator: 3 }, null],
    ["", { numerator: 24, denominator: 1 }, "0"],
  ])("%s units are %s", (count, unit, base) => {
    expect(baseOf(count, unit)).toBe(base);
  });
});

describe("an entry becomes lines", () => {
  test("each unit is a line at its own price", () => {
    expect(linesOf(goods(), { 箱: "2", 瓶: "3" })).toEqual([
      { unit: "箱", quantity: "2" },
      { unit: "瓶", quantity: "3" },
    ]);
    expect(entryOf(goods(), { 箱: "2", 瓶: "3" })).toMatchObject({ total: "51", problem: null });
  });

  test("nothing and zeros are no lines", () => {
    expect(entryOf(goods(), { 箱: "0", 瓶: "" })).toEqual({ lines: [], total: "0", problem: null });
  });

  test("where only the sum keeps a rule, the sum is ordered, and shown as it was entered", () => {
    const strict = goods({ multiple: "6", minimum: "12" });
    expect(linesOf(strict, { 箱: "1", 瓶: "6" })).toEqual([{ unit: "瓶", quantity: "30" }]);
    expect(countsOf(strict, [{ unit: "瓶", quantity: "30" }])).toEqual({ 箱: "1", 瓶: "6" });
  });

  test("without a rule loose bottles stay loose bottles", () => {
    expect(countsOf(goods(), [{ unit: "瓶", quantity: "30.000000" }])).toEqual({ 瓶: "30" });
  });
});

describe("rules are told with what can be ordered instead", () => {
  test("too few: the minimum", () => {
    expect(entryOf(goods({ minimum: "48" }), { 箱: "1" }).problem).toEqual({
      kind: "minimum",
      quantity: "48",
      unit: "瓶",
      fixes: [{ 箱: "2" }],
    });
  });

  test("no multiple: the one below and the one above", () => {
    expect(entryOf(goods({ multiple: "12" }), { 瓶: "30" }).problem).toEqual({
      kind: "multiple",
      quantity: "12",
      unit: "瓶",
      fixes: [{ 箱: "1" }, { 箱: "1", 瓶: "12" }],
    });
  });

  test("a step of the entered unit", () => {
    const byFive = goods({ units: [{ ...BOX, step: "5" }, BOTTLE] });
    expect(entryOf(byFive, { 箱: "7" }).problem).toEqual({
      kind: "step",
      quantity: "5",
      unit: "箱",
      fixes: [{ 箱: "5" }, { 箱: "10" }],
    });
  });

  test("too many, over all units together", () => {
    const limited = goods({ order_limit: "50" });
    expect(entryOf(limited, { 箱: "2", 瓶: "2" }).problem).toBeNull();
    expect(entryOf(limited, { 箱: "2", 瓶: "3" }).problem).toEqual({
      kind: "limit",
      quantity: "50",
      unit: "瓶",
      fixes: [{ 箱: "2", 瓶: "2" }],
    });
  });
});

describe("steppers", () => {
  test("go by one, down to none and never below", () => {
    expect(stepped(goods(), {}, "箱", 1)).toEqual({ 箱: "1" });
    expect(stepped(goods(), { 箱: "1", 瓶: "3" }, "箱", -1)).toEqual({ 箱: "0", 瓶: "3" });
    expect(stepped(goods(), {}, "瓶", -1)).toEqual({ 瓶: "0" });
  });

  test("go over what cannot be ordered", () => {
    const strict = goods({ minimum: "48", multiple: "24" });
    expect(stepped(strict, {}, "箱", 1)).toEqual({ 箱: "2" });
    expect(stepped(strict, { 箱: "2" }, "箱", -1)).toEqual({ 箱: "0" });
    expect(stepped(strict, { 箱: "2" }, "瓶", 1)).toEqual({ 箱: "2", 瓶: "24" });
  });

  test("go by the unit's own step and stop at the limit", () => {
    const byFive = goods({ units: [{ ...BOX, step: "5" }, BOTTLE], order_limit: "240" });
    expect(stepped(byFive, { 箱: "5" }, "箱", 1)).toEqual({ 箱: "10" });
    expect(stepped(byFive, { 箱: "10" }, "箱", 1)).toEqual({ 箱: "10" });
  });
});

test("fields are the order unit and the base unit, largest first, and whatever is in the cart", () => {
  const PALLET = { unit: "板", numerator: 960, denominator: 1, step: null };
  const three = goods({ units: [BOTTLE, PALLET, BOX] });
  expect(fieldsOf(three, "箱", {}).map((one) => one.unit)).toEqual(["箱", "瓶"]);
  expect(fieldsOf(three, "箱", { 板: "1" }).map((one) => one.unit)).toEqual(["板", "箱", "瓶"]);
});
