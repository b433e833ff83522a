// The one outbox of this app, on this device's storage, lock, clock and network.
import type { QueryClient } from "@tanstack/react-query";
import { getCart, setCartLines } from "@/gen/carts/carts";
import { http } from "@/http";
import { alone } from "@/platform/lease";
import { onFront, onNetwork } from "@/platform/network";
import { drop, keep, kept, namesKept, onKeptElsewhere } from "@/platform/storage";
import { onOwner, owner } from "./identity";
import { Outbox } from "./outbox";
import { attempt } from "./send";
import type { Entry } from "./types";

const PLACE = "outbox.";
const done = new Set<(entry: Entry) => void>();

const entries = (): Entry[] =>
  namesKept(PLACE)
    .map((name) => kept<Entry>(name))
    .filter((entry): entry is Entry => entry !== null);

export const outbox = new Outbox({
  all: entries,
  put: (entry) => keep(PLACE + entry.id, entry),
  remove: (id) => drop(PLACE + id),
  alone: (work) => alone("outbox", work),
  send: (entry, keepEntry) =>
    attempt(entry, {
      post: ({ url, key, data }) => http({ url, method: "POST", data, headers: { "Idempotency-Key": key } }),
      cart: getCart,
      writeLines: setCartLines,
      keep: keepEntry,
      now: Date.now,
    }),
  owner,
  now: Date.now,
  wait: (then, milliseconds) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  onDone: (entry) => {
    for (const listener of done) listener(entry);
  },
});

export function onSent(listener: (entry: Entry) => void): () => void {
  done.add(listener);
  return () => done.delete(listener);
}

/** Begins to send: at once, when the app comes to the front, the network comes back or somebody signs in. */
export function startOutbox(queries: QueryClient): void {
  const wake = () => void outbox.wake();
  onFront(wake);
  onNetwork((isThere) => isThere && wake());
  onOwner(() => {
    outbox.changed();
    wake();
  });
  onKeptElsewhere(PLACE, outbox.changed);
  // What was sent changes lists, cart and balances.
  onSent(() => void queries.invalidateQueries());
  wake();
}
