// What this device looked for and looked at.
import { useState } from "react";
import type { OfferOut } from "@/gen/model";
import { drop, keep, kept } from "@/platform/storage";
import { withNewest } from "./newest";

const SEARCHES_MAX = 12;
const SEEN_MAX = 30;

export function useSearches(): { searches: string[]; remember: (text: string) => void; forget: () => void } {
  const [searches, setSearches] = useState(() => kept<string[]>("searches") ?? []);
  const remember = (text: string) => {
    const clean = text.trim();
    if (clean === "") return;
    const next = withNewest(searches, clean, (one, other) => one === other, SEARCHES_MAX);
    setSearches(next);
    keep("searches", next);
  };
  const forget = () => {
    setSearches([]);
    drop("searches");
  };
  return { searches, remember, forget };
}

/** Goods that were opened on this device, the latest first, with the price of then. */
export const seenGoods = (organizationId: number): OfferOut[] =>
  kept<OfferOut[]>(`seen.${organizationId}`) ?? [];

export function rememberSeen(organizationId: number, offer: OfferOut): void {
  const rows = seenGoods(organizationId);
  keep(
    `seen.${organizationId}`,
    withNewest(rows, offer, (one, other) => one.sku_id === other.sku_id, SEEN_MAX),
  );
}
