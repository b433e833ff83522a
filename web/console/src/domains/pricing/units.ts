// Prices per unit: the same price said per 箱 or per 瓶, exactly where it can be.
import { type Decimal, parse, rescale, trim, write } from "@shared/decimal";
import { readNumber } from "./sheet/cells";

/** One `unit` is numerator / denominator base units. */
export interface Unit {
  unit: string;
  numerator: number;
  denominator: number;
}

export interface Goods {
  base_unit: string;
  order_unit: string;
  units: readonly Unit[];
}

export interface Converted {
  price: Decimal;
  /** Not rounded: the way back gives the same price. */
  isExact: boolean;
}

const PLACES = 6;

/** A price per one unit as a price per another, at six places as prices are kept; null where a unit is not known. */
export function priceIn(goods: Goods, price: Decimal, from: string, to: string): Converted | null {
  const one = goods.units.find(({ unit }) => unit === from);
  const other = goods.units.find(({ unit }) => unit === to);
  if (!one || !other) return null;
  const { digits, scale } = parse(price);
  const above = digits * BigInt(one.denominator) * BigInt(other.numerator) * 10n ** BigInt(PLACES);
  const below = BigInt(one.numerator) * BigInt(other.denominator) * 10n ** BigInt(scale);
  const isExact = above % below === 0n;
  const half = (above * 2n + (above < 0n ? -below : below)) / (below * 2n);
  return { price: trim(write(rescale({ digits: half, scale: PLACES }, PLACES))), isExact };
}

/** The other unit in which people think of these goods: the base unit, or for prices per base unit the order unit. */
export function otherUnit(goods: Goods, unit: string): string | null {
  const other = unit === goods.base_unit ? goods.order_unit : goods.base_unit;
  return other === unit || !goods.units.some((one) => one.unit === unit) ? null : other;
}

const PER = /^(.+?)\s*(?:\/|每|per\s)\s*(\S+)$/i;

/** "1.95/瓶" typed into a price: the price per the row's own unit; as it was typed where that cannot be said exactly. */
export function readPerUnit(text: string, unit: string, goods: Goods | null | undefined): string {
  const said = PER.exec(text.trim());
  const price = said && readNumber(said[1] ?? "");
  const found = price && goods ? priceIn(goods, price, said[2] ?? "", unit) : null;
  return found?.isExact ? found.price : text;
}

const SIGN = /\/|每|per\s/i;

/** Whether a text says a price per a unit of its own; asked of every cell again and again, so first by its sign. */
export const saysUnit = (text: string): boolean => SIGN.test(text) && PER.test(text.trim());
