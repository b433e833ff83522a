import { toPlot } from "@shared/decimal";
import { Segmented, Select, Skeleton } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerOut, FiguresOut } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { useMode } from "@/theme/preferences";
import { DARK, LIGHT } from "@/theme/tokens";
import { categoryAxis, tooltip } from "@/ui/axes";
import type { Column } from "@/ui/data-table";
import { Change } from "@/ui/figure";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { EmptyState } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { fullText, shortText } from "./figure-text";
import { daysOf, type PeriodName } from "./periods";
import { useMetricWords } from "./tiles";
import { useMetrics } from "./use-metrics";

type Way = "organization_1" | "province" | "category_1" | "partner" | "sku";
const Chart = lazy(() => import("@/ui/chart"));
const WAYS: readonly Way[] = ["organization_1", "province", "category_1", "partner", "sku"];
/** Below a partner there are no branches: its stores come first. */
const PARTNER_WAYS: readonly Way[] = ["partner", "category_1", "sku", "province"];
const BARS_MAX = 10;

const nameOf = (row: FiguresOut, unknown: string): string => row.labels[0] || row.keys[0] || unknown;

function useOption(answer: AnswerOut | undefined, title: string) {
  const { t } = useTranslation("insights");
  const { language } = useFormat();
  const tokens = useMode() === "dark" ? DARK : LIGHT;
  return useMemo(() => {
    if (!answer) return null;
    const rows = answer.rows.slice(0, BARS_MAX);
    const unit = answer.metrics[0]?.unit ?? "count";
    const figure = (value: unknown) => ({
      value: value === null || value === undefined ? null : String(value),
      unit,
      currency: answer.currency,
    });
    const names = rows.map((row) => nameOf(row, t("unknown")));
    return {
      tooltip: tooltip(tokens, (value) => fullText(figure(value))),
      yAxis: {
        ...categoryAxis(names, tokens),
        inverse: true,
        axisLabel: { color: tokens.ink, width: 130, overflow: "truncate" },
      },
      // Every bar carries its figure: an axis would say it twice.
      xAxis: { type: "value", show: false, min: (range: { min: number }) => Math.min(0, range.min) },
      series: [
        {
          name: title,
          type: "bar",
          barMaxWidth: 16,
          label: {
            show: true,
            position: "right",
            color: tokens.ink,
            formatter: ({ value }: { value: unknown }) => shortText(figure(value), language),
          },
          data: rows.map((row) => toPlot(row.values[0])),
        },
        {
          name: t("delta.last_year_long"),
          type: "bar",
          barMaxWidth: 6,
          color: tokens.line,
          data: rows.map((row) => toPlot(row.before?.[0])),
        },
      ],
      grid: { left: 8, right: 76, top: 36, bottom: 4, outerBoundsMode: "same" },
    };
  }, [answer, title, tokens, language, t]);
}

function useColumns(answer: AnswerOut | undefined, title: string): Column<FiguresOut>[] {
  const { t } = useTranslation("insights");
  return useMemo(() => {
    const unit = answer?.metrics[0]?.unit ?? "count";
    const say = (value: string | null | undefined) =>
      fullText({ value: value ?? null, unit, currency: answer?.currency ?? null });
    return [
      {
        key: "name",
        title: t("breakdown.name"),
        width: 200,
        render: (row) => (
          <span className="cell-clip" title={nameOf(row, t("unknown"))}>
            {nameOf(row, t("unknown"))}
          </span>
        ),
      },
      { key: "value", title, width: 140, numeric: true, render: (row) => say(row.values[0]) },
      {
        key: "before",
        title: t("delta.last_year_long"),
        width: 140,
        numeric: true,
        render: (row) => say(row.before?.[0]),
      },
      {
        key: "growth",
        title: t("delta.growth"),
        width: 100,
        numeric: true,
        render: (row) => <Change of={{ label: "", growth: row.growth?.[0] }} />,
      },
    ];
  }, [answer, title, t]);
}

interface BreakdownProps {
  period: PeriodName;
  metric: string;
  isStaff: boolean;
  onDrill: (metric: string, cell: Record<string, string | null>) => void;
}

/** One metric by one dimension: bars with the table behind them, each row opening its documents. */
export function Breakdown({ period, metric, isStaff, onDrill }: BreakdownProps) {
  const { t } = useTranslation("insights");
  const format = useFormat();
  const words = useMetricWords();
  const [way, setWay] = useState<Way>(isStaff ? "organization_1" : "partner");
  const [view, setView] = useState<"chart" | "table">("chart");
  const answer = useMetrics({
    metrics: [metric],
    dimensions: [way],
    ...daysOf(period, format.today()),
    compare: "last_year",
    order_by: [{ by: metric, descending: true }],
    limit: 100,
  });
  const word = words.get(metric);
  const title = useWord()(word, words.size > 0 ? metric : "");
  const option = useOption(answer.data, title);
  const heading = t("breakdown.title", { metric: title });
  const columns = useColumns(answer.data, title);
  const drill = (row: FiguresOut | undefined) => row && onDrill(metric, { [way]: row.keys[0] ?? null });
  const rows = answer.data?.rows ?? [];
  return (
    <Card
      title={heading}
      extra={
        <span className="title-row">
          <Select
            value={way}
            aria-label={t("breakdown.by")}
            options={(isStaff ? WAYS : PARTNER_WAYS).map((value) => ({ value, label: t(`by.${value}`) }))}
            popupMatchSelectWidth={false}
            onChange={setWay}
          />
          <Segmented
            value={view}
            options={[
              { value: "chart", label: t("view.chart") },
              { value: "table", label: t("view.table") },
            ]}
            onChange={setView}
          />
        </span>
      }
    >
      {answer.error && !answer.data && <Refusal of={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {answer.data && rows.length === 0 && <EmptyState text={t("breakdown.empty")} />}
      {rows.length > 0 && view === "table" && (
        <SimpleTable
          columns={columns}
          rows={rows}
          rowKey={(row) => row.keys[0] ?? ""}
          onOpen={drill}
          height={320}
        />
      )}
      {rows.length > 0 && view === "chart" && option && (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
          <Chart label={heading} option={option} height={320} onPick={(index) => drill(rows[index])} />
        </Suspense>
      )}
    </Card>
  );
}
