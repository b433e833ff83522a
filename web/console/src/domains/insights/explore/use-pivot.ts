import { useMemo } from "react";
import { useMetrics } from "../use-metrics";
import { pivot } from "./pivot";
import { columnsQuery, cutQuery, groupsQuery, type Question } from "./question";

/** Asks everything the question needs, the totals of rows and of columns each by themselves. */
export function usePivot(question: Question) {
  const { rows, column, top } = question;
  const [first = ""] = rows;
  const groups = useMetrics(groupsQuery(question));
  // The deeper cuts wait for the chosen groups only where there is a choice; else all are asked at once.
  const isChosen = top === null || (groups.isSuccess && !groups.isPlaceholderData);
  const keys = useMemo(
    () => (top === null ? null : (groups.data?.rows.map((row) => row.keys[0] ?? "") ?? [])),
    [top, groups.data],
  );
  const isDeep = rows.length > 1;
  const leaves = useMetrics(cutQuery(question, rows, keys), isDeep && isChosen);
  const across = column ? [column] : [];
  const cells = useMetrics(cutQuery(question, [...rows, ...across], keys), column !== null && isChosen);
  const groupCells = useMetrics(
    cutQuery(question, [first, ...across], keys),
    column !== null && isDeep && isChosen,
  );
  const columns = useMetrics(columnsQuery(question), column !== null);
  const needed = [
    groups,
    ...(isDeep ? [leaves] : []),
    ...(column ? [cells, columns] : []),
    ...(column && isDeep ? [groupCells] : []),
  ];
  const isReady = needed.every((answer) => answer.isSuccess && !answer.isPlaceholderData);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers say what they answer
  const found = useMemo(
    () =>
      isReady && groups.data
        ? pivot(question, {
            groups: groups.data,
            leaves: isDeep ? leaves.data : undefined,
            cells: column ? cells.data : undefined,
            groupCells: column && isDeep ? groupCells.data : undefined,
            columns: column ? columns.data : undefined,
          })
        : null,
    [isReady, groups.data, leaves.data, cells.data, groupCells.data, columns.data, question],
  );
  const failed = needed.find((answer) => answer.error);
  return {
    pivot: found,
    keys,
    answer: groups.data,
    error: failed?.error ?? null,
    retry: () => void Promise.all(needed.map((answer) => answer.refetch())),
  };
}
