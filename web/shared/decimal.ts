// Decimal strings as the API writes them ("1234.50"), calculated with integers: a float never touches money.

/** A decimal string: digits with an optional sign and point. */
export type Decimal = string;

const SHAPE = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** An integer `digits` and how many of them stand after the point: "-1.50" is { digits: -150n, scale: 2 }. */
export interface Scaled {
  digits: bigint;
  scale: number;
}

/** Reads a decimal string; throws when it is none, because a screen must never show a guessed number. */
export function parse(value: Decimal): Scaled {
  const found = SHAPE.exec(value.trim());
  if (!found) throw new Error(`"${value}" is not a decimal`);
  const [, sign, whole = "", fraction = ""] = found;
  const digits = BigInt(whole + fraction);
  return { digits: sign === "-" ? -digits : digits, scale: fraction.length };
}

/** Ten to a power, without `**`: the store's compiler turns that into Math.pow, which knows no bigint. */
export const power = (exponent: number): bigint => BigInt(`1${"0".repeat(exponent)}`);

/** The same value with `scale` places after the point, rounded half away from zero as the server does. */
export function rescale(value: Scaled, scale: number): Scaled {
  if (scale >= value.scale) return { digits: value.digits * power(scale - value.scale), scale };
  const divisor = power(value.scale - scale);
  const negative = value.digits < 0n;
  const magnitude = negative ? -value.digits : value.digits;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return { digits: negative ? -rounded : rounded, scale };
}

/** "-150", 2 → "-1.50". */
export function write({ digits, scale }: Scaled): Decimal {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, "0");
  const whole = text.slice(0, text.length - scale);
  return (negative ? "-" : "") + (scale ? `${whole}.${text.slice(text.length - scale)}` : whole);
}

/** Rounded to `scale` places: round("2.345", 2) is "2.35". */
export const round = (value: Decimal, scale: number): Decimal => write(rescale(parse(value), scale));

/** The exact sum. */
export function add(...values: Decimal[]): Decimal {
  const parsed = values.map(parse);
  const scale = Math.max(0, ...parsed.map((one) => one.scale));
  return write({ digits: parsed.reduce((sum, one) => sum + rescale(one, scale).digits, 0n), scale });
}

/** The exact difference. */
export function subtract(one: Decimal, other: Decimal): Decimal {
  const { digits, scale } = parse(other);
  return add(one, write({ digits: -digits, scale }));
}

/** The exact product. */
export function multiply(one: Decimal, other: Decimal): Decimal {
  const [left, right] = [parse(one), parse(other)];
  return write({ digits: left.digits * right.digits, scale: left.scale + right.scale });
}

/** The quotient to `scale` places, rounded half away from zero; null when there is nothing to divide by. */
export function divide(one: Decimal, other: Decimal, scale: number): Decimal | null {
  const [top, below] = [parse(one), parse(other)];
  if (below.digits === 0n) return null;
  const isNegative = top.digits < 0n !== below.digits < 0n;
  const size = (value: bigint) => (value < 0n ? -value : value);
  const dividend = size(top.digits) * power(scale + below.scale);
  const divisor = size(below.digits) * power(top.scale);
  const rounded = (dividend * 2n + divisor) / (divisor * 2n);
  return write({ digits: isNegative ? -rounded : rounded, scale });
}

/** -1, 0 or 1, as a sort function wants it. */
export function compare(one: Decimal, other: Decimal): -1 | 0 | 1 {
  const [left, right] = [parse(one), parse(other)];
  const scale = Math.max(left.scale, right.scale);
  const difference = rescale(left, scale).digits - rescale(right, scale).digits;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const isZero = (value: Decimal): boolean => parse(value).digits === 0n;

/** Without zeros that say nothing: "12.500" is "12.5". */
export function trim(value: Decimal): Decimal {
  const text = write(parse(value));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** With separators every three digits: "-1234567.5" is "-1,234,567.5". */
export function group(value: Decimal): string {
  const [whole = "", fraction] = value.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A float to place a mark on a chart with, never to calculate or to write down. */
export const toPlot = (value: Decimal | null | undefined): number | null =>
  value === null || value === undefined ? null : Number.parseFloat(value);
