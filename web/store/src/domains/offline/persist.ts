// Answers survive the page: kept a moment after they came, put back when the app starts, gone when somebody signs out.
import type { QueryClient } from "@tanstack/react-query";
import { getGetSessionQueryKey } from "@/gen/access/access";
import type { SessionOut } from "@/gen/model";
import { onSignedOut } from "@/http";
import { restartAtHome } from "@/navigation";
import { dropText, fetchText, keepText } from "@/platform/shelf";
import { owner, ownerOf, setOwner } from "./identity";
import { forgetRange, keepRange, restoreRange } from "./kept-range";
import { isKept, type KeptRead, readReads, writeReads } from "./reads";

const PLACE = "reads";
const REST_MS = 1_500;

/** Whose answers this tab has in memory: another tab may have signed somebody else in meanwhile. */
let inMemory: string | null = null;

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
  if (owner() !== whose || (inMemory !== null && inMemory !== whose)) return;
  inMemory = whose;
  const restored = new Set<string>();
  for (const { queryKey, queryHash, updatedAt, data } of kept) {
    const known = queries.getQueryState(queryKey);
    if (known && known.dataUpdatedAt >= updatedAt) continue;
    queries.setQueryData(queryKey, data, { updatedAt });
    restored.add(queryHash);
  }
  // However young: the server is asked again, or somebody signed out would read on, and a cut would go unnoticed.
  await queries.invalidateQueries(
    { predicate: (query) => restored.has(query.queryHash) },
    { cancelRefetch: false },
  );
}

/** Somebody else, or nobody: what was readable is not theirs. */
export async function forgetReads(): Promise<void> {
  await Promise.all([dropText(PLACE), forgetRange()]);
}

function watchIdentity(queries: QueryClient): void {
  const sessionKey = String(getGetSessionQueryKey()[0]);
  queries.getQueryCache().subscribe((event) => {
    if (event.query.queryKey[0] !== sessionKey) return;
    if (event.type === "removed") inMemory = null; // whoever changes hands clears all
    if (event.type !== "updated" || event.action.type !== "success") return;
    // Put back from the shelf it says nothing about who is signed in now.
    if (event.action.manual) return;
    const session = event.query.state.data as SessionOut | undefined;
    if (session) void isHere(queries, session);
  });
  onSignedOut(() => {
    inMemory = null;
    setOwner(null);
    void forgetReads();
  });
}

/** The server says who is signed in. What is on the screen, or was typed, of somebody else is gone then. */
async function isHere(queries: QueryClient, session: SessionOut): Promise<void> {
  const whose = ownerOf(session);
  const isAnothers = inMemory !== null && inMemory !== whose;
  const before = owner();
  inMemory = whose;
  setOwner(whose);
  if (before !== null && before !== whose) await forgetReads();
  if (isAnothers) {
    queries.clear();
    await restartAtHome();
  }
  inMemory = whose;
  await keepRange(queries, session);
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
      if (whose && whose === inMemory) void keepText(PLACE, writeReads(whose, readsOf(queries), Date.now()));
    }, REST_MS);
  });
  void restore(queries);
  void restoreRange(queries);
}
