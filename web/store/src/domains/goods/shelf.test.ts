import type { ShelfCategoryOut } from "@/gen/model";
import { withNewest } from "./newest";
import { breaksOf, readPrice } from "./price";
import { paramsOf, railOf } from "./shelf";

const category = (id: number, parent_id: number | null = null): ShelfCategoryOut => ({
  id,
  parent_id,
  name: `c${id}`,
  count: 1,
});

describe("the rail", () => {
  const all = [
    category(1),
    category(11, 1),
    category(12, 1),
    category(121, 12),
    category(2),
    category(31, 3),
  ];

  test("shows the first level, and what is below the open category", () => {
    expect(railOf(all, "all").map((one) => one.id)).toEqual([1, 2, 31]);
    expect(railOf(all, "category-12").map((one) => [one.id, one.depth])).toEqual([
      [1, 0],
      [11, 1],
      [12, 1],
      [121, 2],
      [2, 0],
      [31, 0],
    ]);
  });

  test("asks the server for its place", () => {
    expect(paramsOf({ place: "category-12", sort: "-price", inStock: true })).toEqual({
      category_id: 12,
      sort: "-price",
      in_stock: true,
      limit: 30,
    });
    expect(paramsOf({ place: "favourites", sort: "usual", inStock: false })).toEqual({
      favourites: true,
      sort: "usual",
      limit: 30,
    });
  });
});

test("what is looked for again moves to the front", () => {
  expect(withNewest(["a", "b", "c"], "c", (one, other) => one === other, 2)).toEqual(["c", "a"]);
});

test("price breaks are the quantities where the price of a unit changes", () => {
  const at = (quantity: string, price: string, unit = "箱") => ({ line: { unit, quantity }, price });
  expect(breaksOf([at("1", "10"), at("5", "10"), at("10", "9"), at("20", "9"), at("50", "8")])).toEqual([
    at("1", "10"),
    at("10", "9"),
    at("50", "8"),
  ]);
  expect(breaksOf([at("1", "10"), at("50", "10")])).toEqual([]);
  expect(breaksOf([])).toEqual([]);
});

test("a price of many places is read to the cent, and said to be rounded", () => {
  expect(readPrice("3.589333", "CNY")).toEqual({ text: "¥3.59", isRounded: true });
  expect(readPrice("3.5893", "CNY")).toEqual({ text: "¥3.5893", isRounded: false });
  expect(readPrice("53.84", "CNY")).toEqual({ text: "¥53.84", isRounded: false });
});
