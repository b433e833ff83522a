// Prices that changed for the reader, or will: which way, and which of them are told first.
import { compare, subtract } from "@shared/decimal";
import type { PriceChangeOut } from "@/gen/model";

export type Way = "down" | "up";
type Priced = Pick<PriceChangeOut, "price_before" | "price_after">;

export const wayOf = ({ price_before, price_after }: Priced): Way =>
  compare(price_after, price_before) < 0 ? "down" : "up";

/** How much cheaper or dearer, without a sign. */
export const differenceOf = ({ price_before, price_after }: Priced): string =>
  subtract(price_after, price_before).replace(/^-/, "");

/** What one may profit from comes first: cheaper now, then what is about to become dearer, then the rest. */
export function byUse<Change extends Priced & Pick<PriceChangeOut, "is_ahead">>(
  changes: readonly Change[],
): Change[] {
  const rank = (one: Change): number => {
    if (wayOf(one) === "down") return one.is_ahead ? 2 : 0;
    return one.is_ahead ? 1 : 3;
  };
  return changes
    .map((change, place) => ({ change, place }))
    .sort((one, other) => rank(one.change) - rank(other.change) || one.place - other.place)
    .map(({ change }) => change);
}
