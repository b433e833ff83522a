import { type Decimal, group, parse, power, rescale, trim, write } from "./decimal";
import { UNKNOWN } from "./money";

/** One `unit` is `numerator / denominator` base units. */
export interface UnitFactor {
  unit: string;
  numerator: number;
  denominator: number;
}

interface Part {
  count: string;
  unit: string;
}

/** A base quantity in as large units as fit, largest first, without zeros: 77 of 24 is 3箱 and 5瓶.
 *
 * Units that are no whole multiple of the base unit are left out: a shelf counts whole cases and loose bottles.
 */
export function decompose(quantity: Decimal, units: readonly UnitFactor[], baseUnit: string): Part[] {
  const exact = parse(quantity);
  const negative = exact.digits < 0n;
  const one = power(exact.scale);
  let rest = negative ? -exact.digits : exact.digits;
  const parts: Part[] = [];
  const larger = units
    .filter((factor) => factor.unit !== baseUnit && factor.numerator % factor.denominator === 0)
    .map((factor) => ({ unit: factor.unit, size: BigInt(factor.numerator / factor.denominator) }))
    .filter((factor) => factor.size > 1n)
    .sort((left, right) => (left.size < right.size ? 1 : -1));
  for (const { unit, size } of larger) {
    const count = rest / (size * one);
    if (count > 0n) {
      parts.push({ count: count.toString(), unit });
      rest -= count * size * one;
    }
  }
  if (rest > 0n || parts.length === 0) {
    parts.push({
      count: trim(write(rescale({ digits: rest, scale: exact.scale }, exact.scale))),
      unit: baseUnit,
    });
  }
  return parts.map((part, index) => (negative && index === 0 ? { ...part, count: `-${part.count}` } : part));
}

/** How people say it: 3箱5瓶. */
export function quantity(
  value: Decimal | null | undefined,
  units: readonly UnitFactor[],
  baseUnit: string,
): string {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  return decompose(value, units, baseUnit)
    .map((part) => group(part.count) + part.unit)
    .join("");
}
