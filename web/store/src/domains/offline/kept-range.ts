// The whole range with its last prices, for when a list was never opened before the network went.
import { type QueryClient, useQuery } from "@tanstack/react-query";
import type { OfferOut, OfflineOut, SessionOut } from "@/gen/model";
import { getOfflineRange } from "@/gen/shop/shop";
import { dropText, fetchText, keepText } from "@/platform/shelf";
import { asProblem } from "@/problem";
import { owner } from "./identity";
import { type KeptWish, keptRows } from "./kept-rows";

export const RANGE_KEY = ["kept-range"] as const;
const PLACE = "range";
const FORMAT = 1;
const OLD_MS = 6 * 3600_000;
const REST_MS = 4_000;

interface KeptRange {
  owner: string;
  at: number;
  range: OfflineOut;
}

async function restore(queries: QueryClient): Promise<number> {
  try {
    const kept = JSON.parse((await fetchText(PLACE)) ?? "null") as KeptRange | null;
    if (!kept || kept.owner !== owner() || kept.range.version !== FORMAT) return 0;
    queries.setQueryData(RANGE_KEY, kept.range, { updatedAt: kept.at });
    return kept.at;
  } catch {
    return 0;
  }
}

/** Asks for the range when the one that is kept has grown old; a moment later, when the first page stands. */
export async function keepRange(queries: QueryClient, session: SessionOut): Promise<void> {
  if (!session.scopes.includes("prices:read")) return;
  const whose = owner();
  const at = queries.getQueryState(RANGE_KEY)?.dataUpdatedAt || (await restore(queries));
  if (Date.now() - at < OLD_MS) return;
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const range = await queries
    .fetchQuery({ queryKey: RANGE_KEY, queryFn: () => getOfflineRange(), gcTime: Number.POSITIVE_INFINITY })
    .catch(() => null); // without it lists that were opened are readable all the same
  if (range && whose && whose === owner())
    await keepText(PLACE, JSON.stringify({ owner: whose, at: Date.now(), range } satisfies KeptRange));
}

export const forgetRange = (): Promise<void> => dropText(PLACE);
export const restoreRange = restore;

/** A list as it was asked for; where no answer came and none is kept, what the kept range has of it. */
export function useKeptRows<T extends { data: OfferOut[] | undefined; error: unknown; isPending: boolean }>(
  asked: T,
  wish: KeptWish,
): T {
  const isMissing = asked.data === undefined && asProblem(asked.error).code === "client.offline";
  const kept = useQuery<OfflineOut>({
    queryKey: RANGE_KEY,
    queryFn: () => getOfflineRange(),
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (!isMissing || !kept.data) return asked;
  return { ...asked, data: keptRows(kept.data, wish), error: null, isPending: false, loadMore: undefined };
}
