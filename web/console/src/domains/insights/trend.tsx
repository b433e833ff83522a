import { month, shift } from "@shared/dates";
import { toPlot } from "@shared/decimal";
import { Skeleton } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerOut } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { useMode } from "@/theme/preferences";
import { DARK, LIGHT } from "@/theme/tokens";
import { categoryAxis, tooltip, valueAxis } from "@/ui/axes";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import { fullText, shortText } from "./figure-text";
import { daysOf, grainOf, type PeriodName } from "./periods";
import { useMetricWords } from "./tiles";
import { useMetrics } from "./use-metrics";

const Chart = lazy(() => import("@/ui/chart"));

/** The first day of every bucket of a period, so that a day without sales is a point and not a hole. */
export function bucketsOf(start: string, end: string, grain: "day" | "month"): string[] {
  const buckets: string[] = [];
  for (let at = start; at < end; at = shift(at, grain === "day" ? { days: 1 } : { months: 1 }))
    buckets.push(at);
  return buckets;
}

function useOption(answer: AnswerOut | undefined, period: PeriodName, metric: string) {
  const { t } = useTranslation("insights");
  const format = useFormat();
  const words = useMetricWords();
  const say = useWord();
  const tokens = useMode() === "dark" ? DARK : LIGHT;
  return useMemo(() => {
    if (!answer) return null;
    const { start, end } = answer.period;
    const buckets = bucketsOf(start, end, grainOf(period));
    const rows = new Map(answer.rows.map((row) => [row.keys[0]?.slice(0, 10), row]));
    const unit = answer.metrics[0]?.unit ?? "count";
    const figure = (value: string | null) => ({ value, unit, currency: answer.currency });
    const word = words.get(metric);
    const label = (at: string) => (grainOf(period) === "day" ? format.day(at) : month(at, format.language));
    return {
      tooltip: tooltip(tokens, (value) =>
        fullText(figure(value === null || value === undefined ? null : String(value))),
      ),
      xAxis: categoryAxis(buckets.map(label), tokens),
      yAxis: valueAxis("", (value) => shortText(figure(String(value)), format.language), tokens),
      series: [
        {
          name: say(word, metric),
          type: "line",
          showSymbol: false,
          lineStyle: { width: 2 },
          areaStyle: { opacity: 0.06 },
          data: buckets.map((at) => toPlot(rows.get(at)?.values[0])),
        },
        {
          name: t("delta.last_year_long"),
          type: "line",
          showSymbol: false,
          lineStyle: { width: 1.5, type: "dashed" },
          color: tokens.inkSoft,
          data: buckets.map((at) => toPlot(rows.get(at)?.before?.[0])),
        },
      ],
    };
  }, [answer, period, metric, words, say, tokens, format, t]);
}

/** One metric over time against last year. */
export function Trend({ period, metric }: { period: PeriodName; metric: string }) {
  const { t } = useTranslation("insights");
  const format = useFormat();
  const answer = useMetrics({
    metrics: [metric],
    dimensions: [grainOf(period)],
    ...daysOf(period, format.today()),
    compare: "last_year",
  });
  const option = useOption(answer.data, period, metric);
  const words = useMetricWords();
  // Its name for programs is not shown while its words come.
  const title = t("trend.title", { metric: useWord()(words.get(metric), words.size > 0 ? metric : "") });
  return (
    <Card title={title}>
      {answer.error && !answer.data && <Refusal of={answer.error} onRetry={() => void answer.refetch()} />}
      <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
        {option ? (
          <Chart label={title} option={option} height={320} />
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
      </Suspense>
    </Card>
  );
}
