import { useCallback, useRef, useState } from "react";
import { asProblem, type Problem } from "@/problem";

export interface BulkRow<Result> {
  key: string;
  name: string;
  state: "WAITING" | "DONE" | "FAILED";
  result?: Result;
  problem?: Problem;
}

interface BulkItem {
  key: string;
  name: string;
}

export interface Bulk<Result> {
  rows: BulkRow<Result>[];
  isRunning: boolean;
  isOpen: boolean;
  /** What will be done is shown, and waits for a yes. */
  isAsked: boolean;
  /** Shows the documents first; nothing is done before `go`. */
  ask: (items: readonly BulkItem[], act: (key: string) => Promise<Result>) => void;
  go: () => void;
  /** Does it for every document, one call each; a document that was refused keeps its reason, the others go on. */
  run: (items: readonly BulkItem[], act: (key: string) => Promise<Result>) => void;
  retry: () => void;
  stop: () => void;
  close: () => void;
}

/** The same thing done to many documents, one after the other: none is lost, each says what became of it. */
export function useBulk<Result>(onDone: () => void): Bulk<Result> {
  const [rows, setRows] = useState<BulkRow<Result>[]>([]);
  const [isRunning, setIsRunning] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const isStopped = useRef(false);
  const action = useRef<((key: string) => Promise<Result>) | null>(null);

  const work = useCallback(
    async (keys: readonly string[], act: (key: string) => Promise<Result>) => {
      isStopped.current = false;
      setIsRunning(true);
      for (const key of keys) {
        if (isStopped.current) break;
        const change = await act(key).then(
          (result): Partial<BulkRow<Result>> => ({ state: "DONE", result, problem: undefined }),
          (error): Partial<BulkRow<Result>> => ({ state: "FAILED", problem: asProblem(error) }),
        );
        setRows((before) => before.map((row) => (row.key === key ? { ...row, ...change } : row)));
      }
      setIsRunning(false);
      onDone();
    },
    [onDone],
  );
  const ask: Bulk<Result>["ask"] = useCallback((items, act) => {
    action.current = act;
    setRows(items.map((item) => ({ ...item, state: "WAITING" })));
    setIsAsked(true);
    setIsOpen(true);
  }, []);
  const run: Bulk<Result>["run"] = useCallback(
    (items, act) => {
      ask(items, act);
      setIsAsked(false);
      void work(
        items.map((item) => item.key),
        act,
      );
    },
    [ask, work],
  );
  const go = () => {
    setIsAsked(false);
    if (action.current)
      void work(
        rows.map((row) => row.key),
        action.current,
      );
  };
  const retry = () => {
    const left = rows.filter((row) => row.state !== "DONE").map((row) => row.key);
    setRows((before) => before.map((row) => (row.state === "DONE" ? row : { ...row, state: "WAITING" })));
    if (action.current) void work(left, action.current);
  };
  const stop = () => {
    isStopped.current = true;
  };
  return { rows, isRunning, isOpen, isAsked, ask, go, run, retry, stop, close: () => setIsOpen(false) };
}
