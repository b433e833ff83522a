import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { AlertList } from "@/domains/desk/alert-list";
import { NoticeList } from "@/domains/desk/notice-list";
import { WaitingCard } from "@/domains/desk/waiting";
import { Alerts } from "@/domains/insights/alerts";
import { Breakdown } from "@/domains/insights/breakdown";
import { type Drill, DrillDrawer } from "@/domains/insights/drill-drawer";
import { daysOf, isPeriod, PERIODS } from "@/domains/insights/periods";
import { focusOf } from "@/domains/insights/roles";
import { TileChoice, useTiles } from "@/domains/insights/tile-choice";
import { tileQueries } from "@/domains/insights/tile-queries";
import { Tiles } from "@/domains/insights/tiles";
import { Trend } from "@/domains/insights/trend";
import { useMetrics } from "@/domains/insights/use-metrics";
import { Card, Page } from "@/ui/page";
import { useAfter } from "@/ui/use-after";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

const NOTICES_SHOWN = 8;

/** What waits, what the period brought, and what happened: each role sees its own. */
export function DeskPage() {
  const { t } = useTranslation(["insights", "common", "desk"]);
  const format = useFormat();
  const { roles, name, kind, isStaff, organization } = useSession();
  const [filters, change] = useFilters();
  const asked = one(filters.period);
  const period = isPeriod(asked) ? asked : "month";
  const days = daysOf(period, format.today());
  const { tiles, trend } = focusOf(roles, kind);
  const chosen = useTiles(tiles);
  const [drill, setDrill] = useState<Drill | null>(null);
  const open = (metric: string, cell: Drill["cell"] = {}) => setDrill({ metric, cell, ...days });
  const { data, error } = useMetrics(tileQueries(chosen.names, period, format.today()).before);
  const freshness = data?.freshness.complete_at;
  const isRestWanted = useAfter(Boolean(data || error));
  return (
    <Page
      title={t("desk:greeting", { name })}
      note={freshness && t("freshness", { at: format.instant(freshness) })}
      actions={
        <>
          <TileChoice of={chosen} />
          <Segmented
            value={period}
            options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
            onChange={(value) => change({ period: value })}
          />
        </>
      }
    >
      <WaitingCard />
      <AlertList isStaff={isStaff} isWanted={isRestWanted} />
      <Tiles names={chosen.names} period={period} isWhole={isRestWanted} onDrill={open} />
      {isRestWanted ? (
        <>
          {kind !== "STORE" && <Alerts ownName={isStaff ? undefined : organization} />}
          <div className="two-columns">
            <Trend period={period} metric={trend} />
            <Breakdown period={period} metric={trend} isStaff={isStaff} onDrill={open} />
          </div>
          <Card title={t("desk:notices.latest")}>
            <NoticeList limit={NOTICES_SHOWN} />
          </Card>
        </>
      ) : (
        <div className="desk-rest" aria-hidden />
      )}
      <DrillDrawer drill={drill} currency={data?.currency ?? "CNY"} onClose={() => setDrill(null)} />
    </Page>
  );
}
