import { code128 } from "./barcode";

test("a number is written with start, check digit and stop", () => {
  // "CK1": start B 104, C = 35, K = 43, 1 = 17; check (104 + 35 + 2 × 43 + 3 × 17) mod 103 = 70.
  expect(code128("CK1")).toBe(`211214${"131321"}${"112331"}${"123221"}${"112412"}2331112`);
});

test("text that bars cannot say is not drawn", () => {
  expect(code128("单号")).toBeNull();
  expect(code128("")).toBeNull();
});
