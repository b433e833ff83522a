import { useEffect, useState, useSyncExternalStore } from "react";
import type { SheetOut } from "@/gen/model";
import { findPricedGoods } from "@/gen/prices/prices";
import { keepLocal, readLocal } from "./local-draft";
import { type SheetState, SheetStore } from "./store";

const ASK_MS = 120;
const KEEP_MS = 400;
const CODES_MAX = 5_000;

/** The sheet of one version: loaded once, its local draft laid over it, unknown codes asked for, changes kept. */
export function useSheet(
  sheet: SheetOut,
  { userId, versionId, isEditable }: { userId: number; versionId: string; isEditable: boolean },
): { store: SheetStore; state: SheetState; isKept: boolean } {
  const [store] = useState(() => {
    const made = new SheetStore();
    made.load(sheet, isEditable ? readLocal(userId, versionId) : null);
    return made;
  });
  const state = useSyncExternalStore(store.subscribe, store.read);
  const [isKept, setIsKept] = useState(true);
  useAskForGoods(store, state);
  useEffect(() => {
    if (!isEditable) return;
    void state;
    const keep = () => setIsKept(keepLocal(userId, versionId, store.draft()));
    const timer = setTimeout(keep, KEEP_MS);
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [store, state, userId, versionId, isEditable]);
  // Leaving by a link unmounts before the timer: the last key strokes are kept then.
  useEffect(
    () => () => {
      if (isEditable) keepLocal(userId, versionId, store.draft());
    },
    [store, userId, versionId, isEditable],
  );
  return { store, state, isKept };
}

function useAskForGoods(store: SheetStore, state: SheetState): void {
  const { rows, book } = state;
  useEffect(() => {
    const codes = [...new Set(rows.map((row) => row.code))].filter((code) => code && !book.has(code));
    if (codes.length === 0) return;
    const stopped = new AbortController();
    const timer = setTimeout(async () => {
      const asked = codes.slice(0, CODES_MAX);
      try {
        store.learn(asked, await findPricedGoods({ codes: asked }, stopped.signal));
      } catch {
        // Asked again with the next change; the cells say that their codes are being looked up.
      }
    }, ASK_MS);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [store, rows, book]);
}
