// What a price in one unit comes to in another: for the eye; what is charged is the server's line.
import { parse, power, rescale, write } from "@shared/decimal";
import { exponentOf } from "@shared/money";
import type { EntryUnit } from "./entry";

/** The price of one `to` where one `from` costs `price`, to the cent; null where nothing is known. */
export function priceIn(
  price: string | null,
  from: EntryUnit | undefined,
  to: EntryUnit | undefined,
  currency: string,
): string | null {
  if (price === null || !from || !to) return null;
  const { digits, scale } = parse(price);
  const above = digits * BigInt(to.numerator) * BigInt(from.denominator) * power(8);
  const below = BigInt(to.denominator) * BigInt(from.numerator);
  const exponent = exponentOf(currency);
  return write(rescale({ digits: (above + below / 2n) / below, scale: scale + 8 }, exponent));
}
