// What a price in one unit comes to in another: for the eye; what is charged is the server's line.
import { parse, power, rescale, write } from "@shared/decimal";
import { exponentOf, money, unitPrice } from "@shared/money";
import type { EntryUnit, WantedLine } from "./entry";

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

export interface PriceAt {
  line: WantedLine;
  price: string;
}

/** The quantities at which a unit costs otherwise than before; nothing when it always costs the same. */
export function breaksOf(priced: readonly PriceAt[]): PriceAt[] {
  const first = priced[0];
  if (!first) return [];
  const steps = priced.filter(
    (one, index) =>
      one.line.unit === first.line.unit && (index === 0 || one.price !== priced[index - 1]?.price),
  );
  return steps.length > 1 ? steps : [];
}

const PLACES_SHOWN = 4;

/** A price as one reads it: what a case comes to a bottle is told to the cent, with a word that it is about that. */
export function readPrice(price: string | null, currency: string): { text: string; isRounded: boolean } {
  const isLong = price !== null && parse(price).scale > PLACES_SHOWN;
  return { text: isLong ? money(price, currency) : unitPrice(price, currency), isRounded: isLong };
}
