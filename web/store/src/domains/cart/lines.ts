// The lines of a cart as somebody counts them: goods, each with what is entered in its units.
import { compare, subtract, trim } from "@shared/decimal";
import type { CartLineOut, CartOut, ProblemOut } from "@/gen/model";
import type { EntryGoods } from "../goods/entry";

export interface GoodsLines {
  skuId: number;
  lines: [CartLineOut, ...CartLineOut[]];
}

/** Lines of the same goods together, in the order in which the goods stand in the cart. */
export function byGoods(lines: readonly CartLineOut[]): GoodsLines[] {
  const found = new Map<number, GoodsLines>();
  for (const line of lines) {
    const known = found.get(line.sku_id);
    if (known) known.lines.push(line);
    else found.set(line.sku_id, { skuId: line.sku_id, lines: [line] });
  }
  return [...found.values()];
}

export const skusIn = (lines: readonly CartLineOut[]): number =>
  new Set(lines.map((line) => line.sku_id)).size;

/** What is wrong with lines, each kind once. */
export const problemsOf = (lines: readonly Pick<CartLineOut, "problem">[]): ProblemOut[] => [
  ...new Map(
    lines.flatMap((line) => (line.problem ? [[line.problem.code, line.problem] as const] : [])),
  ).values(),
];

export type Hindrance = "empty" | "saving" | "news" | "problems";

/** Why the cart cannot be ordered now; null when it can. */
export function hindranceOf(
  cart: Pick<CartOut, "lines" | "news" | "orderable">,
  isSaving: boolean,
): Hindrance | null {
  if (cart.lines.length === 0) return "empty";
  if (cart.lines.some((line) => line.problem) || !cart.orderable) return "problems";
  if (cart.news) return "news";
  return isSaving ? "saving" : null;
}

/** The unit one orders in: the smallest above the base unit. */
export function caseOf(line: Pick<CartLineOut, "units" | "base_unit">): string {
  const sizes = line.units
    .filter((one) => one.numerator > one.denominator)
    .sort((one, other) => one.numerator * other.denominator - other.numerator * one.denominator);
  return sizes[0]?.unit ?? line.base_unit;
}

/** A line's goods as something to enter; a cart does not say whether they are whole, its quantity does. */
export function entryGoods(line: CartLineOut): EntryGoods {
  const { base_unit, units, minimum, multiple, order_limit, quantity } = line;
  return { base_unit, units, minimum, multiple, order_limit, is_whole: !trim(quantity).includes(".") };
}

const ENTERED = new Set(["catalog.below_minimum", "catalog.not_a_multiple", "catalog.above_order_limit"]);

/** Whether a line's problem stands already below its fields. */
export const isTold = (problem: ProblemOut, isShown: boolean): boolean =>
  isShown && ENTERED.has(problem.code);

/** What is lacking to order for `total`; null when nothing is. */
export function missingMoney(total: string, available: string): string | null {
  const missing = subtract(total, available);
  return compare(missing, "0") > 0 ? missing : null;
}
