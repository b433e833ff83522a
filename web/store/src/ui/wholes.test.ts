import { wholes } from "./wholes";

const wholeOf = (text: string): string[] =>
  wholes(text)
    .filter((part) => part.isWhole)
    .map((part) => part.text);

test("numbers of documents and amounts stay in one piece, whatever stands around them", () => {
  expect(wholeOf("退货退款 TH20261129-0079，退 ¥1,008.17，结余 -¥16,968.34")).toEqual([
    "TH20261129-0079",
    "¥1,008.17",
    "-¥16,968.34",
  ]);
  expect(wholeOf("+HK$12.5 或 €3")).toEqual(["+HK$12.5", "€3"]);
});

test("nothing of a sentence is lost", () => {
  for (const text of ["", "订单", "XS20261129-0263", "订单 XS20261129-0263 已发货，¥5", "2026-11-29 08:00"])
    expect(
      wholes(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  expect(wholeOf("2026-11-29 08:00 2箱 SF-1234")).toEqual([]);
});
