import { toPlot } from "@shared/decimal";
import { Skeleton } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnOut } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { useMode } from "@/theme/preferences";
import { DARK, LIGHT } from "@/theme/tokens";
import { categoryAxis, tooltip, valueAxis } from "@/ui/axes";
import { useFormat } from "@/ui/use-format";
import { fullText, shortText } from "../figure-text";
import type { Pivot } from "./pivot";
import { isTime, type Question } from "./question";

const Chart = lazy(() => import("@/ui/chart"));
const SERIES_MAX = 8;
const POINTS_MAX = 40;

interface PivotChartProps {
  question: Question;
  pivot: Pivot;
  metric: ColumnOut;
  currency: string | null;
}

/** The first metric: lines over time, else bars; one series a column, or against what it is compared with. */
export function PivotChart({ question, pivot, metric, currency }: PivotChartProps) {
  const { t } = useTranslation("insights");
  const { language } = useFormat();
  const word = useWord();
  const tokens = useMode() === "dark" ? DARK : LIGHT;
  const title = word(metric);
  const option = useMemo(() => {
    const kind = question.rows.length > 1 ? "leaf" : "group";
    const rows = pivot.rows
      .filter((row) => row.kind === kind)
      .slice(0, isTime(question.rows[0]) ? undefined : POINTS_MAX);
    const label = (texts: readonly (string | null)[]) =>
      texts.map((text) => text || t("unknown")).join(" / ");
    const type = isTime(question.rows[0]) ? "line" : "bar";
    const drawn = { type, showSymbol: false, barMaxWidth: 28 };
    const figure = (value: unknown) => ({
      value: value === null || value === undefined ? null : String(value),
      unit: metric.unit,
      currency,
    });
    const series = pivot.columns.length
      ? pivot.columns.slice(0, SERIES_MAX).map((column) => ({
          ...drawn,
          name: column.label || t("unknown"),
          data: rows.map((row) => toPlot(row.cells.get(column.id)?.values[0])),
        }))
      : [
          { ...drawn, name: title, data: rows.map((row) => toPlot(row.figures.values[0])) },
          ...(question.compare === "none"
            ? []
            : [
                {
                  ...drawn,
                  name: t(`compare.${question.compare}_short`),
                  color: tokens.inkSoft,
                  lineStyle: { type: "dashed", width: 1.5 },
                  data: rows.map((row) => toPlot(row.figures.before?.[0])),
                },
              ]),
        ];
    return {
      tooltip: tooltip(tokens, (value) => fullText(figure(value))),
      xAxis: categoryAxis(
        rows.map((row) => label(row.labels)),
        tokens,
      ),
      yAxis: valueAxis(title, (value) => shortText(figure(value), language), tokens),
      series,
    };
  }, [question, pivot, metric, currency, title, tokens, language, t]);
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 12 }} />}>
      <Chart label={title} option={option} height={460} />
    </Suspense>
  );
}
