import { useCallback, useSyncExternalStore } from "react";
import { type Bodies, orderOf, plainOf, type Wanted, type WantedOrder } from "./kinds";
import { isOpen } from "./machine";
import type { Entry } from "./types";
import { outbox } from "./wiring";

/** The door for everything that is sent: keeps it, tries at once, answers what became of it.
 *
 * `done`: there is an answer. `waiting`: it goes out by itself. `consent`: something changed, the person must agree.
 * `refused`: `problem` says why. Rejects with `client.not_kept` when the device is full: then nothing was sent.
 */
export const submitOrder = (wanted: WantedOrder): Promise<Entry> => outbox.submit(orderOf(wanted));

export const submit = <K extends keyof Bodies>(wanted: Wanted<K>): Promise<Entry> =>
  outbox.submit(plainOf(wanted));

export const consent = (id: string): Promise<void> => outbox.consent(id);
export const retry = (id: string): Promise<void> => outbox.retry(id);
export const discard = (id: string): boolean => outbox.discard(id);

/** Everything of the person who is signed in, the newest first; what was sent stays for a day. */
export const useOutbox = (): Entry[] =>
  useSyncExternalStore(outbox.subscribe, outbox.entries, outbox.entries);

/** What has not reached the server or needs a word. */
export const useOpenEntries = (): Entry[] => useOutbox().filter(isOpen);

/** The order that waits for this cart: one does not order it a second time meanwhile. */
export function useWaitingOrder(cartId: string | undefined): Entry | undefined {
  const find = useCallback(
    () =>
      outbox
        .entries()
        .find((entry) => isOpen(entry) && "cartId" in entry.wish && entry.wish.cartId === cartId),
    [cartId],
  );
  return useSyncExternalStore(outbox.subscribe, find, find);
}
