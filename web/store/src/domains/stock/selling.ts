// What is sold to somebody, before it is recorded. Pure.
import { add, isZero, multiply, round } from "@shared/decimal";
import type { GoodsOut, SaleLineIn } from "@/gen/model";

export interface SaleLine {
  goods: GoodsOut;
  /** Base units; empty while nothing was entered. */
  units: string;
  /** Of one base unit; empty when nobody wants to say. */
  price: string;
}

const PRICE = /^\d{1,9}(\.\d{1,6})?$/;
const CENTS = 2;

export const isPrice = (text: string): boolean => text === "" || PRICE.test(text);

/** One more of the goods, or a new line of them: the unit that was scanned, else one piece. */
export function withGoods(lines: readonly SaleLine[], goods: GoodsOut, price: string): SaleLine[] {
  const unit = goods.units.find((one) => one.unit === goods.scanned_unit);
  const by =
    unit && unit.numerator % unit.denominator === 0 ? String(unit.numerator / unit.denominator) : "1";
  const known = lines.find((line) => line.goods.sku_id === goods.sku_id);
  if (!known) return [...lines, { goods, units: by, price }];
  return lines.map((line) => (line === known ? { ...line, units: add(line.units || "0", by) } : line));
}

/** What the customer pays for a line, to the cent; null when no price was given. */
export function amountOf({ units, price }: Pick<SaleLine, "units" | "price">): string | null {
  if (price === "" || !isPrice(price) || units === "") return null;
  return round(multiply(units, price), CENTS);
}

export const sumOf = (lines: readonly SaleLine[]): string | null => {
  const amounts = lines.map(amountOf).filter((amount): amount is string => amount !== null);
  return amounts.length > 0 ? add(...amounts) : null;
};

export const isReady = (lines: readonly SaleLine[]): boolean =>
  lines.length > 0 && lines.every((line) => line.units !== "" && !isZero(line.units) && isPrice(line.price));

/** What is typed for a sale, by its place on the wire. */
export const typedIn = (lines: readonly SaleLine[], customer: string): Record<string, string> =>
  Object.fromEntries([
    ["customer", customer],
    ...lines.flatMap(({ units, price }, at) => [
      [`lines.${at}`, units],
      [`lines.${at}.amount`, price],
    ]),
  ]);

/** As the server takes them; what comes back counts below zero, its money too. */
export function saleLines(lines: readonly SaleLine[], isBack: boolean): SaleLineIn[] {
  const signed = (value: string) => (isBack ? `-${value}` : value);
  return lines.map((line) => {
    const amount = amountOf(line);
    return {
      sku_code: line.goods.code,
      units: signed(line.units),
      amount: amount === null ? null : isBack && !isZero(amount) ? `-${amount}` : amount,
    };
  });
}
