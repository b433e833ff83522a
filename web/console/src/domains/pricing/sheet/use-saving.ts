import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { getGetPriceSheetQueryKey, getPriceSheet, savePriceSheet } from "@/gen/prices/prices";
import { asProblem, type Problem } from "@/problem";
import { bodyOf, faultsOf, type Part, partsOf } from "./saving";
import type { SheetStore } from "./store";

export interface Saving {
  isBusy: boolean;
  /** Rows of this save that are through, and all of it. */
  done: number;
  total: number;
  savedAt: string | null;
  problem: Problem | null;
  /** Somebody else changed the draft: nothing can be saved before it was read again. */
  isStale: boolean;
  save: () => Promise<boolean>;
  readAgain: () => Promise<void>;
}

const sizeOf = (part: Part): number => Math.max(part.put.length, part.remove.length);

/** Saves in parts, each by the version that the one before answered; what was refused is told at its cells. */
export function useSaving(store: SheetStore, versionId: string): Saving {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);

  const touched = useCallback(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" &&
        (first.startsWith("/api/v1/price-lists") || first.startsWith("/api/v1/policies")) &&
        first !== getGetPriceSheetQueryKey(versionId)[0],
    });
    // The sheet holds newer rows than what was read: the next visit reads them from the server.
    queries.removeQueries({ queryKey: getGetPriceSheetQueryKey(versionId), type: "inactive" });
  }, [queries, versionId]);

  const sendParts = async (parts: readonly Part[]): Promise<boolean> => {
    const total = parts.reduce((sum, part) => sum + sizeOf(part), 0);
    let done = 0;
    setProgress({ done, total });
    for (const part of parts) {
      try {
        const answer = await savePriceSheet(versionId, bodyOf(part, store.state.version));
        store.settle(
          part.put.map(({ row, saved }) => ({ id: row.id, saved })),
          part.remove.map(({ id }) => id).filter((id) => !part.put.some(({ row }) => row.id === id)),
          answer.version,
        );
        done += sizeOf(part);
        setProgress({ done, total });
        setSavedAt(answer.saved_at);
      } catch (error) {
        const found = asProblem(error);
        store.refuse(faultsOf(part, found.fields));
        setProblem(found);
        return false;
      }
    }
    return true;
  };

  const save = async (): Promise<boolean> => {
    if (running.current) return false;
    const parts = partsOf(store.state);
    if (parts.length === 0) return true;
    running.current = true;
    setProblem(null);
    const isDone = await sendParts(parts);
    running.current = false;
    setProgress(null);
    touched();
    return isDone;
  };

  const readAgain = async () => {
    const sheet = await getPriceSheet(versionId);
    store.load(sheet, store.draft());
    setProblem(null);
    touched();
  };
  return {
    isBusy: progress !== null,
    done: progress?.done ?? 0,
    total: progress?.total ?? 0,
    savedAt,
    problem,
    isStale: problem?.status === 412 || problem?.code === "platform.stale",
    save,
    readAgain,
  };
}
