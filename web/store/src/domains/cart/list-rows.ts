// The rows of a pasted list, each settled where it stands: none is lost, none goes into the cart unread.
import type { CartLineIn, EnteredRowOut, OfferOut } from "@/gen/model";

export interface ListRow {
  no: number;
  text: string;
  state: EnteredRowOut["state"];
  because: string;
  skuId: number | null;
  name: string;
  unit: string;
  /** What it may be counted in, as far as it is known. */
  units: string[];
  quantity: string;
  choices: { id: number; name: string; note: string; unit: string }[];
  sameAs: number | null;
}

export const rowsOf = (rows: readonly EnteredRowOut[]): ListRow[] =>
  rows.map((row) => ({
    no: row.row_no,
    text: row.text,
    state: row.state,
    because: row.because,
    skuId: row.sku_id,
    name: row.sku_name,
    unit: row.unit,
    units: row.unit ? [row.unit] : [],
    quantity: row.quantity === null ? "" : String(Number(row.quantity)),
    choices: row.candidates.map((one) => ({
      id: one.sku_id,
      name: one.sku_name,
      note: `${one.specification} ${one.sku_code}`.trim(),
      unit: one.unit,
    })),
    sameAs: row.same_as,
  }));

/** The row with one of its candidates. */
export function withChoice(row: ListRow, id: number): ListRow {
  const choice = row.choices.find((one) => one.id === id);
  if (!choice) return row;
  const unit = row.unit || choice.unit;
  return { ...row, skuId: id, name: choice.name, unit, units: [...new Set([unit, choice.unit])] };
}

/** The row with goods that somebody looked up; a unit they do not have becomes the one they are ordered in. */
export function withOffer(row: ListRow, offer: OfferOut): ListRow {
  const units = offer.units.map((one) => one.unit);
  const unit = units.includes(row.unit) ? row.unit : offer.unit;
  return { ...row, skuId: offer.sku_id, name: offer.sku_name, unit, units };
}

export const isSettled = (row: ListRow): boolean => row.skuId !== null && Number(row.quantity) > 0;

/** What goes into the cart. */
export const linesOfRows = (rows: readonly ListRow[]): CartLineIn[] =>
  rows.filter(isSettled).map((row) => ({
    sku_id: row.skuId,
    quantity: row.quantity,
    ...(row.unit ? { unit: row.unit } : {}),
  }));

/** What needs a person stands first; afterwards rows keep their places while somebody works on them. */
export const openFirst = (rows: readonly ListRow[]): ListRow[] => [
  ...rows.filter((row) => !isSettled(row)),
  ...rows.filter(isSettled),
];
