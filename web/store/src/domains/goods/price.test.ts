import { priceIn } from "./price";

const box = { unit: "箱", numerator: 15, denominator: 1, step: null };
const bottle = { unit: "瓶", numerator: 1, denominator: 1, step: null };
const half = { unit: "半斤", numerator: 1, denominator: 2, step: null };

test.each([
  ["53.84", box, bottle, "3.59"],
  ["53.84", box, box, "53.84"],
  ["3.589333", bottle, box, "53.84"],
  ["10", bottle, half, "5.00"],
  ["0.10", box, bottle, "0.01"],
])("%s comes to %s", (price, from, to, text) => {
  expect(priceIn(price, from, to, "CNY")).toBe(text);
});

test("what is not known stays unknown", () => {
  expect(priceIn(null, box, bottle, "CNY")).toBeNull();
  expect(priceIn("1", undefined, bottle, "CNY")).toBeNull();
});
