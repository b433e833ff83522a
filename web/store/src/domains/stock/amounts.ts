// Goods that lie somewhere, in cases and loose pieces: what was counted, received, sold. Base units underneath.
import { add, compare, multiply, subtract, trim } from "@shared/decimal";
import { decompose, type UnitFactor } from "@shared/quantity";

/** A unit with a field of its own and how many base units one is. */
export interface Field {
  unit: string;
  size: string;
}

/** The units one counts in, largest first: whole cases and the base unit. */
export function fieldsOf(units: readonly UnitFactor[], baseUnit: string): Field[] {
  const whole = units
    .filter((one) => one.unit !== baseUnit && one.numerator % one.denominator === 0)
    .map((one) => ({ unit: one.unit, size: one.numerator / one.denominator }))
    .filter((one) => one.size > 1)
    .sort((one, other) => other.size - one.size);
  return [...whole.map((one) => ({ unit: one.unit, size: String(one.size) })), { unit: baseUnit, size: "1" }];
}

/** How many of each field a base quantity is: 77 of 24 is 3 and 5. */
export function partsOf(
  value: string,
  units: readonly UnitFactor[],
  baseUnit: string,
): Record<string, string> {
  const counts: Record<string, string> = {};
  for (const field of fieldsOf(units, baseUnit)) counts[field.unit] = "0";
  for (const part of decompose(value, units, baseUnit)) counts[part.unit] = part.count;
  return counts;
}

/** The base quantity of what stands in the fields; an empty field is none of it. */
export function totalOf(counts: Readonly<Record<string, string>>, fields: readonly Field[]): string {
  return trim(add("0", ...fields.map((field) => multiply(counts[field.unit] || "0", field.size))));
}

/** Between nothing and `most`. */
export function within(value: string, most: string | null | undefined): string {
  if (compare(value, "0") < 0) return "0";
  return most && compare(value, most) > 0 ? trim(most) : trim(value);
}

/** One step of a unit up or down, not below nothing and not above `most`. */
export function stepped(value: string, size: string, direction: 1 | -1, most?: string | null): string {
  return within(direction === 1 ? add(value, size) : subtract(value, size), most);
}

/** A count as somebody types it: digits of any width, a point where goods are weighed. */
export function typed(text: string, isWhole: boolean): string {
  const narrow = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const [whole = "", ...rest] = narrow
    .replace(/[。．,，]/g, ".")
    .replace(/[^\d.]/g, "")
    .split(".");
  const kept = whole.replace(/^0+(?=\d)/, "").slice(0, 7);
  return isWhole || rest.length === 0 ? kept : `${kept || "0"}.${rest.join("").slice(0, 3)}`;
}
