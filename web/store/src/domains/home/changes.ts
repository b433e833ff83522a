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

type Change = Priced & Pick<PriceChangeOut, "is_ahead" | "since">;

const isRiseToCome = (one: Change): boolean => one.is_ahead && wayOf(one) === "up";
const isCheaperNow = (one: Change): boolean => !one.is_ahead && wayOf(one) === "down";

function rank(one: Change): number {
  if (isRiseToCome(one)) return 0;
  if (isCheaperNow(one)) return 1;
  return one.is_ahead ? 2 : 3;
}

/** What has a last day comes first: what is about to become dearer, then what is cheaper now, then what will be cheaper,
 * then what rose. Of what is to come the soonest first, of what came the latest.
 */
export function byUse<One extends Change>(changes: readonly One[]): One[] {
  const near = (one: One, other: One): number =>
    one.since === other.since ? 0 : one.since < other.since === one.is_ahead ? -1 : 1;
  return [...changes].sort((one, other) => rank(one) - rank(other) || near(one, other));
}

/** The first `most` of them; however many rises are to come, something that is cheaper now is among them. */
export function headOf<One extends Change>(changes: readonly One[], most: number): One[] {
  const rows = byUse(changes);
  const head = rows.slice(0, most);
  const cheaper = rows.find(isCheaperNow);
  return !cheaper || head.includes(cheaper) ? head : [...head.slice(0, -1), cheaper];
}

/** The next day on which something becomes dearer; not of how many goods: only some of all are known here. */
export function nextRise(changes: readonly Change[]): string | null {
  const days = changes.filter(isRiseToCome).map((one) => one.since);
  return days.sort()[0] ?? null;
}
