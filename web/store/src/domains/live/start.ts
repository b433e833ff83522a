// The one stream of this app: who is signed in says where it is, the screen asks again for what it makes old.
import type { QueryClient } from "@tanstack/react-query";
import { getGetSessionQueryKey } from "@/gen/access/access";
import type { SessionOut } from "@/gen/model";
import { onSignedOut } from "@/http";
import { addressHere, listen, onShown } from "@/platform/live";
import { Live } from "./live";
import { isTouched, Refresher } from "./refresher";

const wait = (then: () => void, milliseconds: number): (() => void) => {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
};

/** Begins to listen. Once, when the app starts. */
export function startLive(queries: QueryClient): void {
  const refresher = new Refresher({
    wait,
    refresh: (touched) =>
      void queries.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, touched) }),
  });
  const live = new Live({ listen, wait, chance: Math.random, changed: refresher.changed });
  const sessionKey = String(getGetSessionQueryKey()[0]);
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success") return;
    // Put back from the device it says nothing about who is signed in now.
    if (event.query.queryKey[0] !== sessionKey || event.action.manual) return;
    const session = event.query.state.data as SessionOut | undefined;
    if (session) live.at(addressHere(session.live_url));
  });
  onSignedOut(() => live.at(""));
  onShown((isShown) => live.shown(isShown));
}
