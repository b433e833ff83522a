import { type Decimal, group, parse, rescale, write } from "@shared/decimal";
import { exponentOf, number } from "@shared/money";
import { type Goods, otherUnit, priceIn } from "../units";
import { readBreaks, readNumber } from "./cells";
import type { Row } from "./sheet";

/** A price in a cell: at least the currency's places, separators, no symbol; what is no number as it was typed. */
export function priceText(text: string, currency: string): string {
  const value: Decimal | null = readNumber(text);
  if (value === null) return text;
  const scaled = parse(value);
  return group(write(rescale(scaled, Math.max(scaled.scale, exponentOf(currency)))));
}

/** Breaks in a cell: ≥240瓶 95.00；≥480瓶 90.00. */
export function breaksText(text: string, unit: string, currency: string): string {
  const breaks = readBreaks(text);
  if (!breaks) return text;
  return breaks.map(({ from, price }) => `≥${number(from)}${unit} ${priceText(price, currency)}`).join("；");
}

/** The price per the goods' other unit, "≈" before what is rounded: 46.80 per 箱 is 1.95/瓶. */
export function convertedText(
  row: Row | undefined,
  goods: Goods | null | undefined,
  currency: string,
): string {
  const price = row && readNumber(row.price);
  const unit = row && goods ? otherUnit(goods, row.unit) : null;
  const found = price && unit && goods ? priceIn(goods, price, row.unit, unit) : null;
  return found ? `${found.isExact ? "" : "≈"}${priceText(found.price, currency)}/${unit}` : "";
}
