// Answers survive the page: kept a moment after they came, put back when the app starts, gone when somebody signs out.
import type { QueryClient } from "@tanstack/react-query";
import { getGetSessionQueryKey } from "@/gen/access/access";
import type { SessionOut } from "@/gen/model";
import { onSignedOut } from "@/http";
import { dropText, fetchText, keepText } from "@/platform/shelf";
import { owner, ownerOf, setOwner } from "./identity";
import { forgetRange, keepRange, restoreRange } from "./kept-range";
import { isKept, type KeptRead, readReads, writeReads } from "./reads";

const PLACE = "reads";
const REST_MS = 1_500;

function readsOf(queries: QueryClient): KeptRead[] {
  return queries
    .getQueryCache()
    .findAll({ predicate: (query) => isKept(query.queryKey) && query.state.status === "success" })
    .map(({ queryKey, queryHash, state }) => ({
      queryKey,
      queryHash,
      updatedAt: state.dataUpdatedAt,
      data: state.data,
    }));
}

async function restore(queries: QueryClient): Promise<void> {
  const whose = owner();
  if (!whose) return;
  const kept = readReads(await fetchText(PLACE), whose);
  if (owner() !== whose) return;
  for (const { queryKey, updatedAt, data } of kept) {
    const known = queries.getQueryState(queryKey);
    if (!known || known.dataUpdatedAt < updatedAt) queries.setQueryData(queryKey, data, { updatedAt });
  }
}

/** Somebody else, or nobody: what was readable is not theirs. */
export async function forgetReads(): Promise<void> {
  await Promise.all([dropText(PLACE), forgetRange()]);
}

function watchIdentity(queries: QueryClient): void {
  const sessionKey = String(getGetSessionQueryKey()[0]);
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success" || event.query.queryKey[0] !== sessionKey)
      return;
    // Put back from the shelf it says nothing about who is signed in now.
    if (event.action.manual) return;
    const session = event.query.state.data as SessionOut | undefined;
    if (!session) return;
    const before = owner();
    const isNew = setOwner(ownerOf(session)) && before !== null;
    void (isNew ? forgetReads() : Promise.resolve()).then(() => keepRange(queries, session));
  });
  onSignedOut(() => {
    setOwner(null);
    void forgetReads();
  });
}

/** Begins to keep and puts back what was kept. Once per app. */
export function persistReads(queries: QueryClient): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watchIdentity(queries);
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success" || !isKept(event.query.queryKey)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const whose = owner();
      if (whose) void keepText(PLACE, writeReads(whose, readsOf(queries), Date.now()));
    }, REST_MS);
  });
  void restore(queries);
  void restoreRange(queries);
}
