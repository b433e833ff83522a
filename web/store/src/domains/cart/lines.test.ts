import type { CartLineOut } from "@/gen/model";
import { byGoods, caseOf, entryGoods, hindranceOf, isTold, missingMoney, skusIn } from "./lines";

const line = (sku_id: number, unit: string, over: Partial<CartLineOut> = {}): CartLineOut =>
  ({
    sku_id,
    sku_code: `S${sku_id}`,
    sku_name: `goods ${sku_id}`,
    unit,
    quantity: "1",
    base_unit: "瓶",
    units: [
      { unit: "板", numerator: 960, denominator: 1, step: null },
      { unit: "箱", numerator: 24, denominator: 1, step: null },
      { unit: "瓶", numerator: 1, denominator: 1, step: null },
    ],
    minimum: null,
    multiple: null,
    order_limit: null,
    problem: null,
    change: null,
    ...over,
  }) as CartLineOut;

const problem = (code: string) => ({ code, detail: "", remedy: "", facts: {} });

test("cases and bottles of the same goods are one entry, in the order of the cart", () => {
  const lines = [line(2, "箱"), line(1, "瓶"), line(2, "瓶")];
  expect(byGoods(lines).map((one) => [one.skuId, one.lines.map((row) => row.unit)])).toEqual([
    [2, ["箱", "瓶"]],
    [1, ["瓶"]],
  ]);
  expect(skusIn(lines)).toBe(2);
});

test("goods are entered in the smallest unit above the base unit, and in the base unit", () => {
  expect(caseOf(line(1, "瓶"))).toBe("箱");
  expect(caseOf(line(1, "瓶", { units: [] }))).toBe("瓶");
  expect(entryGoods(line(1, "瓶", { quantity: "1.500000" })).is_whole).toBe(false);
  expect(entryGoods(line(1, "瓶", { quantity: "3.000000" })).is_whole).toBe(true);
});

describe("the cart cannot be ordered", () => {
  const open = { lines: [line(1, "箱")], news: null, orderable: true };
  const news = { since: "", lines: 1, difference: "1.00" };

  test.each([
    ["empty", { ...open, lines: [] }, false],
    [
      "problems",
      { ...open, lines: [line(1, "箱", { problem: problem("orders.not_sellable") })], news },
      true,
    ],
    ["problems", { ...open, orderable: false }, false],
    ["news", { ...open, news }, true],
    ["saving", open, true],
    [null, open, false],
  ] as const)("because of %s", (why, cart, isSaving) => {
    expect(hindranceOf(cart as never, isSaving)).toBe(why);
  });
});

test("what is told where it is typed is not told twice", () => {
  expect(isTold(problem("catalog.below_minimum"), true)).toBe(true);
  expect(isTold(problem("catalog.below_minimum"), false)).toBe(false);
  expect(isTold(problem("orders.not_sellable"), true)).toBe(false);
});

test.each([
  ["100.00", "40.00", "60.00"],
  ["100.00", "100.00", null],
  ["100.00", "-20.00", "120.00"],
])("ordering for %s with %s lacks %s", (total, available, missing) => {
  expect(missingMoney(total, available)).toBe(missing);
});
