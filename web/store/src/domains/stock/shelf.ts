// Which goods need somebody: what runs out, what does not sell, what expires. Pure.
import { add, compare, divide, isZero, multiply, parse, rescale, write } from "@shared/decimal";
import type { OfferOut, StockOut } from "@/gen/model";

export const FILTERS = ["all", "low", "dead", "expiring"] as const;
export type Filter = (typeof FILTERS)[number];

const LOW_DAYS = "7";
const YEAR_DAYS = "365";

type Row = Pick<StockOut, "on_hand" | "sold_28_days" | "days_of_cover">;

export type Mark = "out" | "low" | "dead" | null;

const sells = (row: Row): boolean => row.sold_28_days !== null && compare(row.sold_28_days, "0") > 0;

/** What is said of a row: sold out while people want it, a week's cover or less, or 28 days without a sale. */
export function markOf(row: Row): Mark {
  if (compare(row.on_hand, "0") <= 0) return sells(row) ? "out" : null;
  if (row.days_of_cover !== null && compare(row.days_of_cover, LOW_DAYS) <= 0) return "low";
  return row.sold_28_days !== null && !sells(row) ? "dead" : null;
}

/** Whole days that the stock lasts; "over" for more than a year, null where nothing was sold. */
export function coverOf(row: Row): number | "over" | null {
  if (row.days_of_cover === null || isZero(row.on_hand)) return null;
  if (compare(row.days_of_cover, YEAR_DAYS) > 0) return "over";
  return Number(write(rescale(parse(row.days_of_cover), 0)));
}

export function isShown(row: Row, filter: Filter): boolean {
  const mark = markOf(row);
  if (filter === "low") return mark === "low" || mark === "out";
  return filter === "dead" ? mark === "dead" : true;
}

interface Named {
  sku_name: string;
  sku_code: string;
}

/** All words of the search stand in the name or the code. */
export function isNamed(row: Named, text: string): boolean {
  const said = `${row.sku_name} ${row.sku_code}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** What stock is worth at the prices known, and how many goods have none. */
export function worthOf(
  rows: readonly Pick<StockOut, "sku_id" | "on_hand">[],
  priceOf: (skuId: number) => string | null,
): { amount: string; unknown: number } {
  let amount = "0";
  let unknown = 0;
  for (const row of rows) {
    if (compare(row.on_hand, "0") <= 0) continue;
    const price = priceOf(row.sku_id);
    if (price === null) unknown += 1;
    else amount = add(amount, multiply(row.on_hand, price));
  }
  return { amount, unknown };
}

/** The price of one base unit, to six places. */
export function basePriceOf(offer: Pick<OfferOut, "unit_price" | "unit" | "units">): string | null {
  if (offer.unit_price === null) return null;
  const unit = offer.units.find((one) => one.unit === offer.unit);
  if (!unit) return null;
  return divide(multiply(offer.unit_price, String(unit.denominator)), String(unit.numerator), 6);
}
