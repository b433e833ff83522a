// Prices up or down by percent, exactly, and rounded the way a price tag is.
import { type Decimal, parse, rescale, trim, write } from "@shared/decimal";
import { type Goods, priceIn } from "../units";
import { readBreaks, readNumber, writeBreaks } from "./cells";
import type { Row } from "./sheet";

export const ROUNDINGS = ["0.01", "0.1", "1", "0.000001"] as const;
export type Rounding = (typeof ROUNDINGS)[number];

export interface PercentChange {
  /** "-5" is five percent down. */
  percent: Decimal;
  rounding: Rounding;
  /** Whether quantity breaks move too. */
  withBreaks: boolean;
}

/** A price after a change, rounded half up: 46.8 by 3 % to 0.1 is 48.2. */
export function changed(price: Decimal, percent: Decimal, rounding: Rounding): Decimal {
  const [value, share] = [parse(price), parse(percent)];
  const hundred = 100n * 10n ** BigInt(share.scale);
  const exact = { digits: value.digits * (hundred + share.digits), scale: value.scale + share.scale + 2 };
  return trim(write(rescale(exact, rounding === "1" ? 0 : parse(rounding).scale)));
}

/** The percent between two prices, one place: 46.8 to 48.2 is "3". Null when it cannot be told. */
export function percentBetween(before: Decimal | null | undefined, after: string): Decimal | null {
  const now = readNumber(after);
  if (!before || !now) return null;
  const [was, is] = [parse(before), parse(now)];
  const scale = Math.max(was.scale, is.scale);
  const [a, b] = [rescale(was, scale).digits, rescale(is, scale).digits];
  if (a <= 0n) return null;
  const thousand = (b - a) * 100_000n;
  const digits = (thousand * 2n + (thousand < 0n ? -a : a)) / (a * 2n);
  return trim(write(rescale({ digits, scale: 3 }, 1)));
}

/** A row with its prices changed; one without a price that can be read stays as it is. */
export function changeRow(row: Row, change: PercentChange): Row {
  const price = readNumber(row.price);
  const next = price ? changed(price, change.percent, change.rounding) : row.price;
  const steps = change.withBreaks ? readBreaks(row.breaks) : null;
  const breaks = steps?.length
    ? writeBreaks(
        steps.map((step) => ({ ...step, price: changed(step.price, change.percent, change.rounding) })),
      )
    : row.breaks;
  return next === row.price && breaks === row.breaks ? row : { ...row, price: next, breaks };
}

/** Which unit prices are to be written per: the one that is ordered in, or the smallest. */
export type UnitKind = "order" | "base";

/** A row with all of its prices per another unit; null where one of them could not be said exactly. */
export function rowInUnit(row: Row, goods: Goods | null | undefined, kind: UnitKind): Row | null {
  const to = kind === "base" ? goods?.base_unit : goods?.order_unit;
  if (!goods || !to || to === row.unit) return row;
  const inUnit = (text: string): string | null => {
    const price = readNumber(text);
    const found = price ? priceIn(goods, price, row.unit, to) : null;
    return found?.isExact ? found.price : null;
  };
  const steps = readBreaks(row.breaks) ?? [];
  const prices = steps.map((step) => inUnit(step.price));
  const price = row.price === "" ? "" : inUnit(row.price);
  const floor = row.floor === "" ? "" : inUnit(row.floor);
  if (price === null || floor === null || prices.includes(null)) return null;
  // Breaks begin at so many base units, whatever the price is per.
  const breaks = writeBreaks(steps.map((step, index) => ({ from: step.from, price: prices[index] ?? "" })));
  return { ...row, unit: to, price, floor, breaks };
}
