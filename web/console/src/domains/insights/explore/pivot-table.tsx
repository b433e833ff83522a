import { rate } from "@shared/money";
import { Table } from "antd";
import type { ColumnsType, ColumnType } from "antd/es/table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnOut, FiguresOut, MetricOut } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { Change } from "@/ui/figure";
import { useIsPhone } from "@/ui/use-wide";
import { fullText } from "../figure-text";
import { useMetricWords } from "../tiles";
import { hasShare, type Pivot, type PivotColumn, type PivotRow, shareOf } from "./pivot";
import type { Question } from "./question";

type Cell = Record<string, string | null>;

interface PivotTableProps {
  question: Question;
  pivot: Pivot;
  metrics: readonly ColumnOut[];
  currency: string | null;
  onDrill: (metric: string, cell: Cell) => void;
  onSort: (by: string) => void;
}

/** From here on only what is seen is drawn. */
const VIRTUAL_FROM = 100;
const HEIGHT = 620;
const WIDTH = { figure: 140, change: 96, small: 76 };

function useFigure({ question, currency, onDrill }: PivotTableProps) {
  const cellOf = (row: PivotRow, column?: PivotColumn): Cell => ({
    ...Object.fromEntries(row.keys.map((key, at) => [question.rows[at] ?? "", key])),
    ...(column && question.column ? { [question.column]: column.key } : {}),
  });
  return (row: PivotRow, metric: ColumnOut, value: string | null | undefined, column?: PivotColumn) => {
    const text = fullText({ value: value ?? null, unit: metric.unit, currency });
    if (value === null || value === undefined) return text;
    // The total's own keys are none, so its row drills into everything.
    const cell = row.kind === "total" ? cellOf({ ...row, keys: [] }, column) : cellOf(row, column);
    return (
      <button type="button" className="figure-link" onClick={() => onDrill(metric.name, cell)}>
        {text}
      </button>
    );
  };
}

/** The columns of a metric over everything, and those of one column of the pivot. */
function useFigureColumns(props: PivotTableProps) {
  const { question, pivot, metrics, onSort } = props;
  const { t } = useTranslation("insights");
  const word = useWord();
  const words = useMetricWords();
  const figure = useFigure(props);
  const { sort, extras, compare } = question;
  const total = pivot.rows.find((row) => row.kind === "total");
  const numeric = { align: "right", className: "figures" } as const;
  const sorted = (name: string) => ({
    sortOrder: sort.by === name ? (sort.descending ? ("descend" as const) : ("ascend" as const)) : null,
    sorter: true,
    showSorterTooltip: false,
    onHeaderCell: () => ({ onClick: () => onSort(name) }),
  });
  const growth = (figures: FiguresOut | undefined, at: number) => (
    <Change of={{ label: "", growth: figures?.growth?.[at] }} />
  );
  const flat = (metric: ColumnOut, at: number): ColumnsType<PivotRow> => {
    const known: MetricOut | undefined = words.get(metric.name);
    const column = (key: string, title: string, width: number, more: Partial<ColumnType<PivotRow>>) => ({
      ...numeric,
      key: `${metric.name} ${key}`,
      title,
      width,
      ...more,
    });
    return [
      column("value", t("explore.value"), WIDTH.figure, {
        ...sorted(metric.name),
        render: (_, row) => figure(row, metric, row.figures.values[at]),
      }),
      ...(compare === "none"
        ? []
        : [
            column("before", t(`compare.${compare}_short`), WIDTH.figure, {
              render: (_, row) =>
                fullText({
                  value: row.figures.before?.[at] ?? null,
                  unit: metric.unit,
                  currency: props.currency,
                }),
            }),
            column("growth", t("explore.growth"), WIDTH.change, {
              render: (_, row) => growth(row.figures, at),
            }),
          ]),
      ...(extras.has("share") && hasShare(known, question.rows)
        ? [
            column("share", t("explore.extra.share"), WIDTH.small, {
              render: (_, row) => rate(shareOf(row.figures.values[at], total?.figures.values[at])),
            }),
          ]
        : []),
      ...(extras.has("rank")
        ? [column("rank", t("explore.extra.rank"), WIDTH.small, { render: (_, row) => row.ranks[at] ?? "" })]
        : []),
    ];
  };
  const across = (column: PivotColumn): ColumnsType<PivotRow> =>
    metrics.map((metric, at) => ({
      ...numeric,
      key: `${column.id} ${metric.name}`,
      title: word(metric),
      width: WIDTH.figure,
      render: (_, row) => {
        const cell = row.cells.get(column.id);
        return (
          <span className="pivot-cell">
            {figure(row, metric, cell?.values[at], column)}
            {compare !== "none" && cell && growth(cell, at)}
          </span>
        );
      },
    }));
  return { flat, across };
}

function useColumns(props: PivotTableProps): ColumnsType<PivotRow> {
  const { question, pivot, metrics } = props;
  const { t } = useTranslation("insights");
  const word = useWord();
  const words = useMetricWords();
  const isPhone = useIsPhone();
  const { flat, across } = useFigureColumns(props);
  const { extras } = question;
  const titles = question.rows.map((name) =>
    word(
      words.get(metrics[0]?.name ?? "")?.dimensions.find((one) => one.name === name),
      name,
    ),
  );
  const name: ColumnType<PivotRow> = {
    key: "name",
    title: titles.join(" / "),
    width: isPhone ? 130 : 240,
    fixed: "start",
    render: (_, row) => {
      const label =
        row.kind === "total"
          ? t("analysis.total")
          : row.kind === "leaf" && extras.has("subtotals")
            ? row.labels.at(-1) || row.keys.at(-1) || t("unknown")
            : row.labels.map((one, at) => one || row.keys[at] || t("unknown")).join(" / ");
      return (
        <span className={`cell-clip pivot-${row.kind}`} title={label}>
          {label}
        </span>
      );
    },
  };
  return [
    name,
    ...pivot.columns.map((column) => ({
      key: column.id,
      title: column.label || column.key || t("unknown"),
      children: across(column),
    })),
    ...metrics.map((metric, at) => ({
      key: metric.name,
      title: question.column ? `${t("analysis.total")} · ${word(metric)}` : word(metric),
      children: flat(metric, at),
    })),
  ];
}

/** The figures with totals and subtotals as the server answers them; every one opens its documents. */
export function PivotTable(props: PivotTableProps) {
  const { pivot } = props;
  const columns = useColumns(props);
  const width = useMemo(() => {
    const of = (list: ColumnsType<PivotRow>): number =>
      list.reduce((sum, one) => sum + ("children" in one ? of(one.children) : Number(one.width ?? 0)), 0);
    return of(columns);
  }, [columns]);
  const isLong = pivot.rows.length > VIRTUAL_FROM;
  return (
    <Table<PivotRow>
      size="middle"
      bordered
      columns={columns}
      dataSource={pivot.rows}
      rowKey="id"
      rowClassName={(row) => `pivot-row-${row.kind}`}
      pagination={false}
      virtual={isLong}
      scroll={isLong ? { x: width, y: HEIGHT } : { x: width }}
    />
  );
}
