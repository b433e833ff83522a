import type { CartLineIn, EnteredRowOut, GoodsChoiceOut } from "@/gen/model";

/** A row of a pasted list that needs a person: which goods it means, or how many. */
export interface OpenRow {
  key: string;
  text: string;
  state: "AMBIGUOUS" | "UNKNOWN" | "INVALID";
  because: string;
  candidates: GoodsChoiceOut[];
  skuId: number | null;
  name: string;
  /** What it may be counted in; empty while the goods are not known. */
  units: string[];
  unit: string;
  quantity: string | null;
}

/** The rows of a list that did not get into the cart; `list` keeps the rows of several lists apart. */
export function openRowsOf(rows: readonly EnteredRowOut[], list: string): OpenRow[] {
  return rows.flatMap((row) =>
    row.state === "MATCHED"
      ? []
      : [
          {
            key: `${list}-${row.row_no}`,
            text: row.text,
            state: row.state,
            because: row.because,
            candidates: row.candidates,
            skuId: row.sku_id,
            name: row.sku_name,
            units: row.unit ? [row.unit] : [],
            unit: row.unit,
            quantity: row.quantity,
          },
        ],
  );
}

/** How many rows of a list named goods that an earlier row had named: their quantities were summed. */
export const doublesIn = (rows: readonly EnteredRowOut[]): number =>
  rows.filter((row) => row.state === "MATCHED" && row.same_as !== null).length;

/** The row with these goods chosen; a unit they are not counted in becomes the one they are ordered in. */
export function withGoods(
  row: OpenRow,
  goods: { id: number; name: string; unit: string; units?: readonly string[] },
): OpenRow {
  const units = goods.units?.length ? [...goods.units] : [goods.unit];
  const unit = row.unit && (!goods.units || units.includes(row.unit)) ? row.unit : goods.unit;
  return { ...row, skuId: goods.id, name: goods.name, units, unit };
}

/** What the row puts into the cart; null while something is missing. */
export function lineOf(row: OpenRow): CartLineIn | null {
  if (row.skuId === null || !row.quantity || !(Number(row.quantity) > 0)) return null;
  return { sku_id: row.skuId, quantity: row.quantity, unit: row.unit || undefined };
}
