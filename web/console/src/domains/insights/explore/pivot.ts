import { parse, write } from "@shared/decimal";
import type { AnswerOut, FiguresOut, MetricOut } from "@/gen/model";
import type { Question } from "./question";

/** The answers a pivot is put together from; those that the question does not need are undefined. */
export interface Answers {
  groups: AnswerOut;
  leaves?: AnswerOut;
  cells?: AnswerOut;
  groupCells?: AnswerOut;
  columns?: AnswerOut;
}

export interface PivotRow {
  id: string;
  /** Everything, a group of the first dimension, or one line below it. */
  kind: "total" | "group" | "leaf";
  keys: (string | null)[];
  labels: (string | null)[];
  /** Over all columns. */
  figures: FiguresOut;
  cells: ReadonlyMap<string, FiguresOut>;
  /** Place among its siblings by each metric, 1 is the largest; null for an unknown figure. */
  ranks: readonly (number | null)[];
}

export interface PivotColumn {
  id: string;
  key: string | null;
  label: string | null;
}

export interface Pivot {
  rows: PivotRow[];
  columns: PivotColumn[];
  isCut: boolean;
}

/** More columns than this nobody reads; the first are shown and the page says so. */
export const COLUMNS_MAX = 60;
const idOf = (keys: readonly (string | null)[]): string => keys.map((key) => key ?? "\u0000").join("\u001f");
const compared = (one: string, other: string): number => {
  const [left, right] = [parse(one), parse(other)];
  const scale = Math.max(left.scale, right.scale);
  const at = ({ digits, scale: own }: typeof left) => digits * 10n ** BigInt(scale - own);
  return at(left) < at(right) ? -1 : at(left) > at(right) ? 1 : 0;
};

/** Places by size; equal figures share one, and the next is skipped. */
export function ranksOf(values: readonly (string | null | undefined)[]): (number | null)[] {
  const known = values.filter((value): value is string => value !== null && value !== undefined);
  return values.map((value) =>
    value === null || value === undefined
      ? null
      : 1 + known.filter((other) => compared(other, value) > 0).length,
  );
}

/** A part of the whole as a fraction with four places; unknown when either is, or when the whole is nothing. */
export function shareOf(part: string | null | undefined, whole: string | null | undefined): string | null {
  if (part === null || part === undefined || whole === null || whole === undefined) return null;
  const [above, below] = [parse(part), parse(whole)];
  if (below.digits === 0n) return null;
  const scale = 10n ** 5n;
  const digits =
    (above.digits * 10n ** BigInt(below.scale) * scale) / (below.digits * 10n ** BigInt(above.scale));
  return write({ digits: (digits + (digits < 0n ? -5n : 5n)) / 10n, scale: 4 });
}

/** Whether parts of this figure sum to the whole: a share of a ratio or of distinct buyers would be a lie. */
export const hasShare = (
  metric: Pick<MetricOut, "additivity"> | undefined,
  rows: readonly string[],
): boolean =>
  metric?.additivity === "additive" ||
  (metric?.additivity === "semi_additive" && !rows.some((row) => /day|week|month|quarter|year/.test(row)));

/** Rows of an answer by their outer keys, each with its figures by the last key. */
function byRow(answer: AnswerOut | undefined): Map<string, Map<string, FiguresOut>> {
  const found = new Map<string, Map<string, FiguresOut>>();
  for (const row of answer?.rows ?? []) {
    const outer = idOf(row.keys.slice(0, -1));
    const cells = found.get(outer) ?? new Map<string, FiguresOut>();
    cells.set(idOf(row.keys.slice(-1)), row);
    found.set(outer, cells);
  }
  return found;
}

function ranked(rows: PivotRow[], metrics: number): PivotRow[] {
  const places = Array.from({ length: metrics }, (_, at) =>
    ranksOf(rows.map((row) => row.figures.values[at])),
  );
  return rows.map((row, at) => ({ ...row, ranks: places.map((place) => place[at] ?? null) }));
}

/** Rows and columns of the question; no figure is computed from others, all of them are answers. */
export function pivot(question: Question, answers: Answers): Pivot {
  const none: ReadonlyMap<string, FiguresOut> = new Map();
  const count = question.metrics.length;
  const deepCells = byRow(answers.cells);
  const groupCells = question.rows.length > 1 ? byRow(answers.groupCells) : deepCells;
  const row = (kind: PivotRow["kind"], figures: FiguresOut, cells = none): PivotRow => ({
    id: `${kind} ${idOf(figures.keys)}`,
    kind,
    keys: figures.keys,
    labels: figures.labels,
    figures,
    cells,
    ranks: [],
  });
  const groups = ranked(
    answers.groups.rows.map((figures) => row("group", figures, groupCells.get(idOf(figures.keys)))),
    count,
  );
  const below = new Map<string, PivotRow[]>();
  for (const figures of answers.leaves?.rows ?? []) {
    const outer = idOf(figures.keys.slice(0, 1));
    below.set(outer, [...(below.get(outer) ?? []), row("leaf", figures, deepCells.get(idOf(figures.keys)))]);
  }
  const body = groups.flatMap((group) => {
    if (question.rows.length < 2) return [group];
    const leaves = ranked(below.get(idOf(group.keys)) ?? [], count);
    return question.extras.has("subtotals") ? [group, ...leaves] : leaves;
  });
  const columns = (answers.columns?.rows ?? []).slice(0, COLUMNS_MAX);
  const overColumns = new Map(columns.map((figures) => [idOf(figures.keys), figures]));
  const total = answers.groups.total ? [row("total", answers.groups.total, overColumns)] : [];
  return {
    rows: [...total, ...body],
    columns: columns.map(({ keys, labels }) => ({
      id: idOf(keys),
      key: keys[0] ?? null,
      label: labels[0] ?? null,
    })),
    isCut:
      (question.top === null && answers.groups.is_cut) ||
      [answers.leaves, answers.cells].some((answer) => answer?.is_cut) ||
      (answers.columns?.rows.length ?? 0) > COLUMNS_MAX,
  };
}
