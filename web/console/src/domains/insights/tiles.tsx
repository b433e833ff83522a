import { toPlot } from "@shared/decimal";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useListMetrics } from "@/gen/metrics/metrics";
import type { MetricOut } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { Figure } from "@/ui/figure";
import { Refusal } from "@/ui/refusal";
import { TileGrid } from "@/ui/tile-grid";
import { useFormat } from "@/ui/use-format";
import { fullText, shortText } from "./figure-text";
import type { PeriodName } from "./periods";
import { tileQueries } from "./tile-queries";
import { cellOf, useMetrics } from "./use-metrics";

const BAD_WHEN_UP = new Set(["order_cycle_time_p50", "order_cycle_time_p90", "return_rate"]);

/** What each metric is called and means, by name. */
export function useMetricWords(): Map<string, MetricOut> {
  const { data } = useListMetrics({ query: { staleTime: Number.POSITIVE_INFINITY } });
  return useMemo(() => new Map(data?.items.map((metric) => [metric.name, metric])), [data]);
}

/**
 * The figures of a period against the period before and last year; a click opens what is behind. The second comparison
 * and the lines are asked for once the page is to be whole: they would keep the figures waiting.
 */
export function Tiles({
  names,
  period,
  isWhole,
  onDrill,
}: {
  names: readonly string[];
  period: PeriodName;
  isWhole: boolean;
  onDrill: (metric: string) => void;
}) {
  const { t } = useTranslation("insights");
  const format = useFormat();
  const words = useMetricWords();
  const say = useWord();
  const queries = tileQueries(names, period, format.today());
  const drawn = queries.trend.metrics;
  const before = useMetrics(queries.before);
  const lastYear = useMetrics(queries.lastYear, isWhole);
  const trend = useMetrics(queries.trend, isWhole && drawn.length > 0);
  if (before.error && !before.data)
    return <Refusal of={before.error} onRetry={() => void before.refetch()} />;
  return (
    <TileGrid className="figures-grid" count={names.length}>
      {names.map((name) => {
        const { value, growth } = cellOf(before.data, name);
        const word = words.get(name);
        const figure = {
          value,
          unit: word?.unit ?? ("count" as const),
          currency: before.data?.currency ?? null,
        };
        const points = drawn.includes(name)
          ? trend.data?.rows.map((row) => toPlot(cellOf(trend.data, name, row).value))
          : undefined;
        return (
          <Figure
            key={name}
            label={say(word)}
            explanation={word && say({ zh: word.explanation_zh, en: word.explanation_en })}
            value={shortText(figure, format.language)}
            exact={fullText(figure)}
            isLoading={before.isPending || !word}
            trend={points}
            deltas={[
              { label: t("delta.before"), growth, isBadWhenUp: BAD_WHEN_UP.has(name) },
              {
                label: t("delta.last_year"),
                growth: cellOf(lastYear.data, name).growth,
                isBadWhenUp: BAD_WHEN_UP.has(name),
              },
            ]}
            onOpen={() => onDrill(name)}
          />
        );
      })}
    </TileGrid>
  );
}
