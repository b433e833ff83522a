import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { FlowList } from "@/domains/inventory/flow-list";
import { StockList } from "@/domains/inventory/stock-list";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";

const TABS = ["now", "expiring", "flows"] as const;
const TIERS = ["A", "B", "C"] as const;

/** Stock of every tier, what expires soon, and what came and went. */
export function StockPage() {
  const { t } = useTranslation("inventory");
  const session = useSession();
  const [filters, change] = useFilters();
  const tab = TABS.find((known) => known === one(filters.tab)) ?? "now";
  const tiers = session.isStaff ? TIERS : [];
  return (
    <Page title={t("stock.title")} note={t("stock.note")}>
      <Tabs
        className="tabs"
        activeKey={tab}
        items={TABS.map((key) => ({ key, label: t(`stock.tabs.${key}`) }))}
        onChange={(key) => change({ tab: key === "now" ? undefined : key })}
      />
      {tab === "flows" ? (
        <FlowList />
      ) : (
        <StockList
          key={tab}
          organizationId={session.organizationId}
          tiers={tiers}
          isExpiring={tab === "expiring"}
        />
      )}
    </Page>
  );
}
