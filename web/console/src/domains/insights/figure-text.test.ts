import { shortText } from "./figure-text";

const rateOf = (value: string) => shortText({ value, unit: "rate", currency: null }, "zh-Hans");

test("a rate that is little is not told as nothing", () => {
  expect(rateOf("0.000182")).toBe("0.02%");
  expect(rateOf("0.125")).toBe("12.5%");
  expect(rateOf("0")).toBe("0%");
});
