import { useEffect, useState } from "react";
import type { AddressOut } from "@/gen/model";
import { useListAddresses } from "@/gen/partners/partners";
import { newId } from "@/platform/ids";
import { drop, keep, kept } from "@/platform/storage";
import { may, useSession } from "@/session";
import { type Draft, emptyDraft } from "./draft";

const NONE: AddressOut[] = [];
const placeOf = (cartId: string): string => `order-draft.${cartId}`;

export const dropDraft = (cartId: string): void => drop(placeOf(cartId));

/** The draft of this cart's order, kept while it is filled in, and the addresses it may go to. */
export function useDraft(cartId: string, buyerId: number) {
  const session = useSession();
  const asked = useListAddresses(buyerId, {
    query: { enabled: may(session, "contacts:read") && buyerId > 0, staleTime: 300_000 },
  });
  const addresses = asked.data ?? NONE;
  const [own, setOwn] = useState<Draft | null>(() => kept<Draft>(placeOf(cartId)));
  const [id] = useState(newId);
  const draft = own ?? emptyDraft(id, addresses);
  useEffect(() => {
    if (own) keep(placeOf(cartId), own);
  }, [own, cartId]);
  return { draft, addresses, change: (part: Partial<Draft>) => setOwn({ ...draft, ...part }) };
}
