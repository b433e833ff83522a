// The lines of a cart as somebody counts them: goods, each with what is entered in its units.
import type { CartLineOut, CartOut } from "@/gen/model";

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

export type Hindrance = "empty" | "saving" | "news" | "problems" | "money";

/** Why the cart cannot be ordered now; null when it can. `missing`: what the buyer lacks to order for that much. */
export function hindranceOf(
  cart: Pick<CartOut, "lines" | "news" | "orderable">,
  isSaving: boolean,
): Exclude<Hindrance, "money"> | null {
  if (cart.lines.length === 0) return "empty";
  if (cart.lines.some((line) => line.problem) || !cart.orderable) return "problems";
  if (cart.news) return "news";
  return isSaving ? "saving" : null;
}
