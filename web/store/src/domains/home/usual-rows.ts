// The usual list as one may change it before it goes into the cart: what is in there already, what would be added.
import { trim } from "@shared/decimal";
import type { CartLineOut, UsualOut } from "@/gen/model";
import type { Wanted } from "../cart/edits";
import { type Counts, countsOf, entryOf, isSet, linesOf } from "../goods/entry";

export interface UsualRow {
  of: UsualOut;
  /** In the cart, or on its way into it: its quantity is the cart's. */
  isIn: boolean;
  counts: Counts;
}

type Lines = readonly Pick<CartLineOut, "sku_id" | "unit" | "quantity">[];

/** How it is usually ordered, or the nearest quantity that can be ordered today. */
export function proposed({ offer, usual_unit, usual_quantity }: UsualOut): Counts {
  const unit = offer.units.some((one) => one.unit === usual_unit) ? usual_unit : offer.base_unit;
  const counts = { [unit]: trim(usual_quantity) };
  const { problem } = entryOf(offer, counts);
  return problem?.fixes.at(-1) ?? counts;
}

/** What can be ordered of the list, each with what is entered for it. */
export function rowsOf(
  usual: readonly UsualOut[],
  lines: Lines,
  wanted: ReadonlyMap<number, Pick<Wanted, "counts" | "lines">>,
  drafts: ReadonlyMap<number, Counts>,
): UsualRow[] {
  return usual
    .filter(({ orderable }) => orderable)
    .map((of) => {
      const { offer } = of;
      const waiting = wanted.get(offer.sku_id);
      const own = lines.filter((line) => line.sku_id === offer.sku_id);
      const isIn = waiting ? waiting.lines.length > 0 : own.length > 0;
      if (isIn) return { of, isIn, counts: waiting?.counts ?? countsOf(offer, own) };
      return { of, isIn, counts: drafts.get(offer.sku_id) ?? proposed(of) };
    });
}

/** What "add all" adds: what is not in yet, has a quantity, and can be ordered so. */
export const addable = (rows: readonly UsualRow[]): UsualRow[] =>
  rows.filter(
    ({ of, isIn, counts }) =>
      !isIn && Object.values(counts).some(isSet) && entryOf(of.offer, counts).problem === null,
  );

/** The edit of the cart that makes it this quantity; other units of the goods that stand there are taken off. */
export const wantedOf = (of: UsualOut, counts: Counts, lines: Lines): Wanted => ({
  skuId: of.offer.sku_id,
  counts,
  lines: linesOf(of.offer, counts),
  units: [
    ...new Set([
      ...of.offer.units.map(({ unit }) => unit),
      ...lines.filter((line) => line.sku_id === of.offer.sku_id).map(({ unit }) => unit),
    ]),
  ],
});
