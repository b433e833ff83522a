import { shift } from "@shared/dates";
import { toPlot } from "@shared/decimal";
import { money, number } from "@shared/money";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { queryMetrics } from "@/gen/metrics/metrics";
import type { AnswerOut } from "@/gen/model";
import { usePartnerTotals } from "@/gen/partners/partners";
import type { Problem } from "@/problem";
import type { Area } from "@/ui/china-map";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

const ChinaMap = lazy(() => import("@/ui/china-map"));

const METRICS = ["partners", "net_sales", "orders", "active_partners", "stock_units"] as const;
type MapMetric = (typeof METRICS)[number];

/** The figure of each province; partners are counted from the master, the rest comes from the metrics of this month. */
function useAreas(metric: MapMetric): { areas: Area[]; problem: Problem | null; isLoading: boolean } {
  const { today } = useFormat();
  const day = today();
  const totals = usePartnerTotals({});
  const isCount = metric === "partners";
  const query = {
    metrics: [metric],
    dimensions: ["province"],
    start: `${day.slice(0, 7)}-01`,
    end: shift(day, { days: 1 }),
    limit: 100,
  };
  const told = useQuery<AnswerOut, Problem>({
    queryKey: ["/api/v1/metrics/query", query],
    queryFn: ({ signal }) => queryMetrics(query, signal),
    enabled: !isCount,
    staleTime: 60_000,
  });
  const areas = useMemo(() => {
    const counted = Object.entries(totals.data?.by_province ?? {}).map(([name, count]) => [
      name,
      String(count),
    ]);
    const measured = (told.data?.rows ?? []).map((row) => [row.labels[0] ?? "", row.values[0] ?? null]);
    const currency = told.data?.currency ?? "CNY";
    return (isCount ? counted : measured)
      .filter((row): row is [string, string] => Boolean(row[0]) && row[1] !== null)
      .map(([name, value]) => ({
        name,
        value: toPlot(value) ?? 0,
        text: metric === "net_sales" ? money(value, currency) : number(value),
      }))
      .sort((first, second) => second.value - first.value);
  }, [totals.data, told.data, isCount, metric]);
  return {
    areas,
    problem: isCount ? totals.error : told.error,
    isLoading: isCount ? totals.isPending : told.isPending,
  };
}

/** The country by province: colored by the chosen figure, the same figures in a table, a click opens its partners. */
export function PartnerMap() {
  const { t } = useTranslation("partners");
  const [filters, change] = useFilters();
  const navigate = useNavigate();
  const metric = METRICS.find((name) => name === one(filters.metric)) ?? "partners";
  const { areas, problem, isLoading } = useAreas(metric);
  const open = (province: string) => void navigate({ to: "/partners", search: { province } } as never);
  const columns: Column<Area>[] = [
    {
      key: "name",
      title: t("field.province"),
      width: 160,
      render: (area) => (
        <button type="button" className="figure-link cell-main" onClick={() => open(area.name)}>
          {area.name}
        </button>
      ),
    },
    { key: "value", title: t(`map.${metric}`), width: 140, numeric: true, render: (area) => area.text },
  ];
  return (
    <Card
      title={t("map.title")}
      extra={
        <Segmented<MapMetric>
          value={metric}
          onChange={(value) => change({ metric: value })}
          options={METRICS.map((value) => ({ value, label: t(`map.${value}`) }))}
        />
      }
    >
      {problem ? (
        <Refusal of={problem} />
      ) : isLoading ? (
        <PageSkeleton />
      ) : (
        <div className="map-and-table">
          <Suspense fallback={<PageSkeleton />}>
            <ChinaMap label={t("map.label", { metric: t(`map.${metric}`) })} areas={areas} onPick={open} />
          </Suspense>
          <div>
            <SimpleTable columns={columns} rows={areas} rowKey={(area) => area.name} height={460} />
            <p className="quiet">{t(metric === "partners" ? "map.now" : "map.month")}</p>
          </div>
        </div>
      )}
    </Card>
  );
}
