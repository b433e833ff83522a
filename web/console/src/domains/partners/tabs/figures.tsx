import { shift } from "@shared/dates";
import { toPlot } from "@shared/decimal";
import { money, number, UNKNOWN } from "@shared/money";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queryMetrics } from "@/gen/metrics/metrics";
import type { AnswerOut, FiguresOut } from "@/gen/model";
import type { Problem } from "@/problem";
import { Change, Figure } from "@/ui/figure";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { TileGrid } from "@/ui/tile-grid";
import { useFormat } from "@/ui/use-format";

const METRICS = ["net_sales", "orders", "units"] as const;
export type PartnerMetric = (typeof METRICS)[number] | "days_of_cover";

export interface PartnerDrill {
  metric: string;
  start: string;
  end: string;
  cell: Record<string, string | null>;
}

function useMetric(query: Parameters<typeof queryMetrics>[0]) {
  return useQuery<AnswerOut, Problem>({
    queryKey: ["/api/v1/metrics/query", query],
    queryFn: ({ signal }) => queryMetrics(query, signal),
    staleTime: 60_000,
  });
}

interface FiguresTabProps {
  code: string;
  onDrill: (drill: PartnerDrill) => void;
}

/** How the partner does this year, month by month, against the same months of last year. */
export function FiguresTab({ code, onDrill }: FiguresTabProps) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const day = format.today();
  const end = shift(day, { days: 1 });
  const filters = [{ dimension: "partner", values: [code] }];
  const start = shift(`${day.slice(0, 7)}-01`, { months: -11 });
  const metrics = [...METRICS];
  const yearStart = `${day.slice(0, 4)}-01-01`;
  const total = useMetric({ metrics, filters, start: yearStart, end, compare: "last_year" });
  const months = useMetric({
    metrics,
    filters,
    dimensions: ["month"],
    start,
    end,
    compare: "last_year",
    limit: 12,
  });
  const cover = useMetric({ metrics: ["days_of_cover"], filters, start: `${day.slice(0, 7)}-01`, end });
  const problem = total.error ?? months.error;
  if (problem) return <Refusal of={problem} onRetry={() => void total.refetch()} />;
  const currency = total.data?.currency ?? "CNY";
  const say = (metric: PartnerMetric, value: string | null | undefined) =>
    metric === "net_sales" ? money(value, currency) : number(value, metric === "days_of_cover" ? 1 : 0);
  const days = cover.data?.rows[0]?.values[0];
  const covered = days ? t("figure.days", { days: number(days, 1) }) : UNKNOWN;
  const rows = [...(months.data?.rows ?? [])].sort((one, other) =>
    String(one.keys[0]).localeCompare(String(other.keys[0])),
  );
  return (
    <>
      <TileGrid className="figures-grid" count={METRICS.length + 1}>
        {METRICS.map((metric, index) => (
          <Figure
            key={metric}
            label={t(`kpi.${metric}`)}
            value={say(metric, total.data?.rows[0]?.values[index])}
            exact={say(metric, total.data?.rows[0]?.values[index])}
            isLoading={total.isPending}
            trend={rows.map((row) => toPlot(row.values[index]))}
            deltas={[{ label: t("figure.year"), growth: total.data?.rows[0]?.growth?.[index] }]}
            onOpen={() => onDrill({ metric, start: yearStart, end, cell: { partner: code } })}
          />
        ))}
        <Figure label={t("figure.cover")} value={covered} isLoading={cover.isPending} />
      </TileGrid>
      <Card flush title={t("kpi.months")}>
        <SimpleTable<FiguresOut>
          empty={t("kpi.none")}
          rows={[...rows].reverse()}
          rowKey={(row) => String(row.keys[0])}
          columns={[
            {
              key: "month",
              title: t("kpi.month"),
              width: 120,
              render: (row) => row.labels[0] ?? row.keys[0],
            },
            ...METRICS.flatMap((metric, index) => [
              {
                key: metric,
                title: t(`kpi.${metric}`),
                width: 140,
                numeric: true,
                render: (row: FiguresOut) => (
                  <button
                    type="button"
                    className="figure-link"
                    onClick={() =>
                      onDrill({ metric, start, end, cell: { month: row.keys[0] ?? null, partner: code } })
                    }
                  >
                    {say(metric, row.values[index])}
                  </button>
                ),
              },
              {
                key: `${metric}-before`,
                title: t("kpi.before"),
                width: 150,
                numeric: true,
                render: (row: FiguresOut) =>
                  row.before?.[index] ? (
                    <Change of={{ label: say(metric, row.before[index]), growth: row.growth?.[index] }} />
                  ) : (
                    UNKNOWN
                  ),
              },
            ]),
          ]}
        />
      </Card>
    </>
  );
}
