import { useMemo, useState } from "react";
import { differs, type Row } from "./sheet";
import type { SheetState } from "./store";

export type Only = "all" | "changed" | "faulty";

export interface Filter {
  text: string;
  only: Only;
}

function isMeant(row: Row, filter: Filter, state: SheetState): boolean {
  if (filter.only === "changed" && !differs(row, state.saved.get(row.id))) return false;
  if (filter.only === "faulty" && !state.faults.has(row.id)) return false;
  const asked = filter.text.trim().toLowerCase();
  if (!asked) return true;
  const goods = state.book.get(row.code);
  return (
    row.code.toLowerCase().includes(asked) ||
    (goods !== null &&
      goods !== undefined &&
      (goods.name.toLowerCase().includes(asked) || goods.initials.includes(asked)))
  );
}

/** Which rows are shown, in order. A row does not vanish under the hand that edits it: the filter judges once. */
export function useShown(state: SheetState): {
  shown: readonly number[];
  filter: Filter;
  setFilter: (filter: Filter) => void;
} {
  const [filter, setFilter] = useState<Filter>({ text: "", only: "all" });
  const [judged, setJudged] = useState<{ hidden: ReadonlySet<number>; filter: Filter }>({
    hidden: new Set(),
    filter,
  });
  const set = (next: Filter) => {
    const hidden = new Set(state.rows.filter((row) => !isMeant(row, next, state)).map((row) => row.id));
    setFilter(next);
    setJudged({ hidden, filter: next });
  };
  const { hidden } = judged;
  const shown = useMemo(
    () => state.rows.filter((row) => !hidden.has(row.id)).map((row) => row.id),
    [state.rows, hidden],
  );
  return { shown, filter, setFilter: set };
}
