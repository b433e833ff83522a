// Whether answers come, judged by what came: a device in a captive portal believes that it is online.
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { onNetwork, whenStartedWithout } from "@/platform/network";
import { asProblem } from "@/problem";
import { RANGE_KEY } from "./kept-range";
import { isKept } from "./reads";

export interface Connection {
  isCut: boolean;
  /** How old the oldest answer on the screen is; null when there is none. */
  asOf: string | null;
}

const listeners = new Set<() => void>();
let current: Connection = { isCut: false, asOf: null };

function say(next: Connection): void {
  if (next.isCut === current.isCut && next.asOf === current.asOf) return;
  current = next;
  for (const listener of listeners) listener();
}

function oldestShown(queries: QueryClient): string | null {
  const shown = queries
    .getQueryCache()
    .findAll({
      type: "active",
      predicate: (query) =>
        (isKept(query.queryKey) || query.queryKey[0] === RANGE_KEY[0]) && query.state.dataUpdatedAt > 0,
    })
    .map((query) => query.state.dataUpdatedAt);
  return shown.length ? new Date(Math.min(...shown)).toISOString() : null;
}

/** Begins to watch. Once per app. */
export function watchConnection(queries: QueryClient): void {
  const cut = () => say({ isCut: true, asOf: oldestShown(queries) });
  onNetwork((isThere) => (isThere ? void queries.refetchQueries({ type: "active" }) : cut()));
  // Answers put back a moment ago are fresh: nothing is asked that could fail, and still there is no network.
  whenStartedWithout(cut);
  queries.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error") {
      if (asProblem(event.action.error).code === "client.offline") cut();
    } else if (event.type === "updated" && event.action.type === "success" && !event.action.manual) {
      say({ isCut: false, asOf: null });
    } else if (current.isCut && (event.type === "observerAdded" || event.type === "updated")) cut();
  });
}

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
    () => current,
  );
