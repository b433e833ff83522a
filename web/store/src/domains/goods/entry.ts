// What somebody enters for goods in their units (2箱3瓶), what an order would take of it, and what to change if not.
import { add, compare, isZero, multiply, parse, power, trim } from "@shared/decimal";
import { decompose } from "@shared/quantity";

export interface EntryUnit {
  unit: string;
  numerator: number;
  denominator: number;
  step: string | null;
}

export interface EntryGoods {
  base_unit: string;
  is_whole: boolean;
  units: readonly EntryUnit[];
  minimum: string | null;
  multiple: string | null;
  order_limit: string | null;
}

/** How many of each unit; what is not there is none. */
export type Counts = Readonly<Record<string, string>>;

export interface WantedLine {
  unit: string;
  quantity: string;
}

/** Why it cannot be ordered so; `fixes` are quantities close by that can. */
export interface EntryProblem {
  kind: "step" | "minimum" | "multiple" | "limit";
  quantity: string;
  unit: string;
  fixes: Counts[];
}

export interface Entry {
  lines: WantedLine[];
  /** In base units; null where a factor does not divide. */
  total: string | null;
  problem: EntryProblem | null;
}

const WIDE_DIGITS = /[０-９]/g;
const TRIES = 400;

/** What was typed as a number: digits of any width, one point where goods are weighed. */
export function cleaned(typed: string, isWhole: boolean): string {
  const narrow = typed.replace(WIDE_DIGITS, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const [whole = "", ...rest] = narrow
    .replace(/[。．,，]/g, ".")
    .replace(/[^\d.]/g, "")
    .split(".");
  const kept = whole.replace(/^0+(?=\d)/, "").slice(0, 7);
  return isWhole || rest.length === 0 ? kept : `${kept || "0"}.${rest.join("").slice(0, 3)}`;
}

/** Base units of a count; null where they are no whole number of parts. */
export function baseOf(count: string, unit: Pick<EntryUnit, "numerator" | "denominator">): string | null {
  const product = multiply(count || "0", String(unit.numerator));
  if (unit.denominator === 1) return trim(product);
  const { digits, scale } = parse(product);
  const fine = digits * 1_000_000n;
  if (fine % BigInt(unit.denominator) !== 0n) return null;
  const text = (fine / BigInt(unit.denominator)).toString().padStart(scale + 7, "0");
  return trim(`${text.slice(0, -(scale + 6))}.${text.slice(-(scale + 6))}`);
}

const unitOf = (goods: EntryGoods, unit: string): EntryUnit =>
  goods.units.find((one) => one.unit === unit) ?? { unit, numerator: 1, denominator: 1, step: null };

function isMultiple(value: string, of: string): boolean {
  const [one, other] = [parse(value), parse(of)];
  const scale = Math.max(one.scale, other.scale);
  const widen = (part: { digits: bigint; scale: number }) => part.digits * power(scale - part.scale);
  return widen(other) === 0n || widen(one) % widen(other) === 0n;
}

export const isSet = (text: string | null | undefined): text is string =>
  Boolean(text) && !isZero(text ?? "0");

/** The first rule that a line would break, as the server judges it: line by line. */
function brokenBy(goods: EntryGoods, line: WantedLine): Omit<EntryProblem, "fixes"> | null {
  const unit = unitOf(goods, line.unit);
  const base = baseOf(line.quantity, unit);
  if (isSet(unit.step) && !isMultiple(line.quantity, unit.step))
    return { kind: "step", quantity: trim(unit.step), unit: unit.unit };
  if (base === null) return null;
  if (isSet(goods.minimum) && compare(base, goods.minimum) < 0)
    return { kind: "minimum", quantity: trim(goods.minimum), unit: goods.base_unit };
  if (isSet(goods.multiple) && !isMultiple(base, goods.multiple))
    return { kind: "multiple", quantity: trim(goods.multiple), unit: goods.base_unit };
  return null;
}

function totalOf(goods: EntryGoods, lines: readonly WantedLine[]): string | null {
  const bases = lines.map((line) => baseOf(line.quantity, unitOf(goods, line.unit)));
  return bases.some((base) => base === null) ? null : trim(add("0", ...(bases as string[])));
}

/** One line a unit, each at its unit's price; one line in the base unit where only the sum keeps the rules. */
export function linesOf(goods: EntryGoods, counts: Counts): WantedLine[] {
  const lines = Object.entries(counts)
    .filter(([, count]) => isSet(count))
    .map(([unit, count]) => ({ unit, quantity: trim(count) }));
  const total = totalOf(goods, lines);
  if (lines.length < 2 || total === null || lines.every((line) => !brokenBy(goods, line))) return lines;
  const sum = { unit: goods.base_unit, quantity: total };
  return brokenBy(goods, sum) ? lines : [sum];
}

function judge(
  goods: EntryGoods,
  counts: Counts,
): Omit<Entry, "problem"> & { broken: Omit<EntryProblem, "fixes"> | null } {
  const lines = linesOf(goods, counts);
  const total = totalOf(goods, lines);
  const broken = lines.map((line) => brokenBy(goods, line)).find(Boolean) ?? null;
  const isTooMuch = isSet(goods.order_limit) && total !== null && compare(total, goods.order_limit) > 0;
  const limit = { kind: "limit" as const, quantity: trim(goods.order_limit ?? "0"), unit: goods.base_unit };
  return { lines, total, broken: broken ?? (isTooMuch ? limit : null) };
}

/** A base quantity in whole large units and the rest: what the fields show of it. */
export function countsFrom(goods: EntryGoods, base: string): Counts {
  return Object.fromEntries(
    decompose(base, goods.units, goods.base_unit).map((part) => [part.unit, part.count]),
  );
}

function fixesOf(
  goods: EntryGoods,
  counts: Counts,
  broken: Omit<EntryProblem, "fixes">,
  total: string | null,
): Counts[] {
  if (broken.kind === "minimum" || broken.kind === "limit") return [countsFrom(goods, broken.quantity)];
  const isStep = broken.kind === "step";
  const now = isStep ? (counts[broken.unit] ?? "0") : (total ?? "0");
  const size = BigInt(Math.max(1, Math.round(Number(broken.quantity))));
  const below = (BigInt(Math.floor(Number(now))) / size) * size;
  const set = (value: bigint): Counts =>
    isStep ? { ...counts, [broken.unit]: value.toString() } : countsFrom(goods, value.toString());
  return [below, below + size].filter((value) => value > 0n).map(set);
}

/** What an order would take, and the problem with what to do instead, told where it is typed. */
export function entryOf(goods: EntryGoods, counts: Counts): Entry {
  const { lines, total, broken } = judge(goods, counts);
  if (!broken) return { lines, total, problem: null };
  const fixes = fixesOf(goods, counts, broken, total).filter((fix) => !judge(goods, fix).broken);
  return { lines, total, problem: { ...broken, fixes } };
}

/** One step up or down in a unit; over the quantities that could not be ordered. Down from the least is none. */
export function stepped(goods: EntryGoods, counts: Counts, unit: string, direction: 1 | -1): Counts {
  const step = unitOf(goods, unit).step;
  const by = isSet(step) ? step : "1";
  const at = (count: string): Counts => ({ ...counts, [unit]: trim(count) });
  let count = add(counts[unit] || "0", direction === 1 ? by : `-${by}`);
  if (compare(count, "0") <= 0) return at("0");
  const first = at(count);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const broken = judge(goods, at(count)).broken;
    if (!broken) return at(count);
    if (broken.kind === "limit") return direction === 1 ? counts : first;
    count = add(count, direction === 1 ? by : `-${by}`);
    if (compare(count, "0") <= 0) return at("0");
  }
  return first;
}

/** The counts of a cart's lines of one sku; what was summed into base units for a rule is shown in large units again. */
export function countsOf(goods: EntryGoods, lines: readonly WantedLine[]): Counts {
  const [only] = lines;
  const hasRule = isSet(goods.minimum) || isSet(goods.multiple);
  if (lines.length === 1 && only && only.unit === goods.base_unit && hasRule)
    return countsFrom(goods, trim(only.quantity));
  return Object.fromEntries(lines.map((line) => [line.unit, trim(line.quantity)]));
}

/** The units with a field of their own: the one goods are ordered in, the base unit, and what is in the cart already. */
export function fieldsOf(goods: EntryGoods, orderUnit: string, counts: Counts): EntryUnit[] {
  const wanted = new Set([
    orderUnit,
    goods.base_unit,
    ...Object.keys(counts).filter((unit) => isSet(counts[unit])),
  ]);
  return goods.units
    .filter((one) => wanted.has(one.unit))
    .sort((one, other) => other.numerator * one.denominator - one.numerator * other.denominator);
}
