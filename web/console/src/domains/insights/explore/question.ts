import { compare, type Decimal } from "@shared/decimal";
import type { AnswerOut, FilterIn, MetricQueryIn, SortIn } from "@/gen/model";
import { type Filters, many, one } from "@/ui/use-filters";
import { type Days, daysOf, isPeriod, type PeriodName } from "../periods";

export const COMPARISONS = ["none", "previous_period", "last_year"] as const;
export const EXTRAS = ["share", "rank", "subtotals"] as const;
export const TOPS = [5, 10, 20, 50, 100] as const;
const TIMES = new Set(["day", "week", "month", "quarter", "year", "fiscal_month"]);
const FILTER = "f.";
const GROUPS_MAX = 500;
const CELLS_MAX = 10_000;
/** How many values a filter may name. */
export const NAMED_MAX = 200;

export type Comparison = (typeof COMPARISONS)[number];
export type Extra = (typeof EXTRAS)[number];

/** What is asked, as it stands in the address. */
export interface Question {
  metrics: string[];
  /** One or two dimensions downwards. */
  rows: string[];
  column: string | null;
  period: PeriodName | "custom";
  days: Days;
  compare: Comparison;
  sort: SortIn & { descending: boolean };
  top: number | null;
  /** Only groups whose sorted figure is known and below this; an alert asks so. */
  below: Decimal | null;
  extras: ReadonlySet<Extra>;
  view: "table" | "chart";
  filters: FilterIn[];
}

export const isTime = (dimension: string | null | undefined): boolean => TIMES.has(dimension ?? "");
export const filterKey = (dimension: string): string => FILTER + dimension;

const among = <Value extends string>(value: string, values: readonly Value[], otherwise: Value): Value =>
  values.find((known) => known === value) ?? otherwise;

function daysIn(filters: Filters, today: string): Pick<Question, "period" | "days"> {
  const period = one(filters.period);
  const [start, end] = [one(filters.from), one(filters.until)];
  if (period === "custom" && start && end && start < end) return { period, days: { start, end } };
  const named = isPeriod(period) ? period : "quarter";
  return { period: named, days: daysOf(named, today) };
}

/** The question of an address; whatever it leaves open has a sensible answer, `parts` for the rows. */
export function readQuestion(filters: Filters, today: string, parts = "organization_1"): Question {
  const metrics = many(filters.metric);
  const rows = many(filters.rows).slice(0, 2);
  const asked = {
    metrics: metrics.length ? metrics : ["net_sales", "orders"],
    rows: rows.length ? rows : [parts],
  };
  const column = one(filters.cols) || null;
  const [by, direction] = one(filters.sort).split(":");
  const known = [...asked.metrics, ...asked.rows];
  const first = asked.rows[0] ?? "";
  const sort =
    by && known.includes(by)
      ? { by, descending: direction !== "asc" }
      : isTime(first)
        ? { by: first, descending: false }
        : { by: asked.metrics[0] ?? "", descending: true };
  const top = Number(one(filters.top));
  return {
    ...asked,
    ...daysIn(filters, today),
    column: column && !asked.rows.includes(column) ? column : null,
    compare: among(one(filters.compare), COMPARISONS, "last_year"),
    sort,
    top: TOPS.find((known) => known === top) ?? null,
    below: /^\d+(\.\d+)?$/.test(one(filters.below)) ? one(filters.below) : null,
    extras: new Set(
      filters.show === undefined ? EXTRAS : EXTRAS.filter((extra) => many(filters.show).includes(extra)),
    ),
    view: among(one(filters.view), ["table", "chart"], "table"),
    filters: Object.keys(filters)
      .filter((key) => key.startsWith(FILTER))
      .map((key) => ({ dimension: key.slice(FILTER.length), values: many(filters[key]) }))
      .filter(({ values }) => values.length > 0),
  };
}

function query(question: Question, dimensions: string[], more: Partial<MetricQueryIn> = {}): MetricQueryIn {
  const { by, descending } = question.sort;
  const isKnown = question.metrics.includes(by) || dimensions.includes(by);
  const fallback = { by: question.metrics[0] ?? "", descending: true };
  return {
    metrics: question.metrics,
    dimensions,
    filters: question.filters,
    ...question.days,
    compare: question.compare,
    order_by: [isKnown ? { by, descending } : fallback],
    limit: CELLS_MAX,
    ...more,
  };
}

/** The outermost rows and the sum of everything. With a limit these are the chosen ones. */
export const groupsQuery = (question: Question): MetricQueryIn =>
  query(question, question.rows.slice(0, 1), { limit: question.top ?? GROUPS_MAX, with_total: true });

/** The figures over everything of each column: sums of ratios do not exist, so they are asked for. */
export const columnsQuery = (question: Question): MetricQueryIn =>
  query(question, [question.column ?? ""], {
    order_by: [
      isTime(question.column)
        ? { by: question.column ?? "", descending: false }
        : { by: question.metrics[0] ?? "", descending: true },
    ],
    limit: GROUPS_MAX,
  });

/** A deeper cut, for the groups that are shown only. */
export function cutQuery(
  question: Question,
  dimensions: string[],
  groups: readonly string[] | null,
): MetricQueryIn {
  const [first = ""] = question.rows;
  const isNarrowed = groups && !isTime(first) && groups.length > 0 && groups.length <= NAMED_MAX;
  const filters = isNarrowed
    ? [...question.filters, { dimension: first, values: [...groups] }]
    : question.filters;
  return query(question, dimensions, { filters });
}

/** The same figures as one flat list, for a file. */
export const fileQuery = (question: Question, groups: readonly string[] | null): MetricQueryIn =>
  cutQuery(question, [...question.rows, ...(question.column ? [question.column] : [])], groups);

/** The groups of an answer whose sorted figure lies from nothing up to the question's `below`. */
export function keysBelow(question: Question, answer: AnswerOut): string[] {
  const { below, sort } = question;
  const place = question.metrics.indexOf(sort.by);
  if (below === null || place < 0) return [];
  return answer.rows.flatMap(({ keys, values }) => {
    const [key, value] = [keys[0], values[place]];
    const isMeant = value != null && compare(value, "0") >= 0 && compare(value, below) < 0;
    return key != null && isMeant ? [key] : [];
  });
}

/** The question about these groups alone, so that its totals are theirs; as many as a filter may name. */
export const aboutOnly = (question: Question, groups: readonly string[]): Question => ({
  ...question,
  below: null,
  filters: [...question.filters, { dimension: question.rows[0] ?? "", values: groups.slice(0, NAMED_MAX) }],
});
