import { useMemo } from "react";
import { useMetrics } from "../use-metrics";
import { type Pivot, pivot } from "./pivot";
import { aboutOnly, columnsQuery, cutQuery, groupsQuery, keysBelow, type Question } from "./question";

const NOTHING: Pivot = { rows: [], columns: [], isCut: false };

/** A question for what lies below a figure becomes one for those groups alone; null while they are looked for. */
function useBelow(question: Question) {
  const isBelow = question.below !== null;
  const found = useMetrics({ ...groupsQuery(question), with_total: false }, isBelow);
  const keys = useMemo(
    () => (isBelow && found.data && !found.isPlaceholderData ? keysBelow(question, found.data) : null),
    [isBelow, question, found.data, found.isPlaceholderData],
  );
  const asked = useMemo(() => {
    if (question.below === null) return question;
    if (keys === null) return null;
    return keys.length > 0 ? aboutOnly(question, keys) : ("none" as const);
  }, [question, keys]);
  return { asked, count: keys?.length ?? null, error: isBelow ? found.error : null, retry: found.refetch };
}

/** Asks everything the question needs; one that looks for low figures finds out first which groups have them. */
export function usePivot(question: Question) {
  const { asked, count, error, retry } = useBelow(question);
  const isAsked = asked !== null && asked !== "none";
  const whole = useWhole(isAsked ? asked : question, isAsked);
  if (isAsked) return { ...whole, asked, count };
  const pivot = asked === "none" ? NOTHING : null;
  return { pivot, keys: null, answer: undefined, error, retry: () => void retry(), asked: question, count };
}

/** Everything the question needs, the totals of rows and of columns each by themselves. */
function useWhole(question: Question, isAsked: boolean) {
  const { rows, column, top } = question;
  const [first = ""] = rows;
  const groups = useMetrics(groupsQuery(question), isAsked);
  // The deeper cuts wait for the chosen groups only where there is a choice; else all are asked at once.
  const isChosen = isAsked && (top === null || (groups.isSuccess && !groups.isPlaceholderData));
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
  const columns = useMetrics(columnsQuery(question), isAsked && column !== null);
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
