import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Breakdown } from "@/domains/insights/breakdown";
import { type Drill, DrillDrawer } from "@/domains/insights/drill-drawer";
import { daysOf, isPeriod, PERIODS } from "@/domains/insights/periods";
import { Tiles } from "@/domains/insights/tiles";
import { Trend } from "@/domains/insights/trend";
import { useMetrics } from "@/domains/insights/use-metrics";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

const METRIC = "net_sales";

/** What the period brought, against what it is measured with, down to the documents. */
export function DeskPage() {
  const { t } = useTranslation(["insights", "common"]);
  const format = useFormat();
  const [filters, change] = useFilters();
  const asked = one(filters.period);
  const period = isPeriod(asked) ? asked : "month";
  const days = daysOf(period, format.today());
  const [drill, setDrill] = useState<Drill | null>(null);
  const open = (metric: string, cell: Drill["cell"] = {}) => setDrill({ metric, cell, ...days });
  const { data } = useMetrics({ metrics: [METRIC], ...days });
  const freshness = data?.freshness.complete_at;
  return (
    <Page
      title={t("common:menu.desk")}
      note={freshness && t("freshness", { at: format.instant(freshness) })}
      actions={
        <Segmented
          value={period}
          options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(value) => change({ period: value })}
        />
      }
    >
      <Tiles period={period} onDrill={open} />
      <div className="two-columns">
        <Trend period={period} metric={METRIC} />
        <Breakdown period={period} metric={METRIC} onDrill={open} />
      </div>
      <DrillDrawer drill={drill} currency={data?.currency ?? "CNY"} onClose={() => setDrill(null)} />
    </Page>
  );
}
