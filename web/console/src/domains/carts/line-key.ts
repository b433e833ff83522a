import type { CartLineIn, CartLineOut } from "@/gen/model";

/** The same goods in the same unit are one line of a cart. */
export const lineKey = (line: { sku_id: number; unit: string }): string => `${line.sku_id} ${line.unit}`;

/** Writes a line as it is wanted; in another unit it is another line, and the old one goes. */
export function rewritten(line: CartLineOut, wanted: { quantity?: string; unit?: string }): CartLineIn[] {
  const unit = wanted.unit ?? line.unit;
  const next = { sku_id: line.sku_id, unit, quantity: wanted.quantity ?? line.quantity, note: line.note };
  if (unit === line.unit) return [next];
  return [{ sku_id: line.sku_id, unit: line.unit, quantity: "0" }, next];
}
