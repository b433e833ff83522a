import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { StockSettings } from "@/domains/inventory/stock-settings";
import { AddWarehouse, WarehouseList } from "@/domains/inventory/warehouse-list";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";

/** Warehouses, and how the organization keeps its stock. */
export function PlacesPage() {
  const { t } = useTranslation("inventory");
  const session = useSession();
  const [filters, change] = useFilters();
  const tab = one(filters.tab) === "settings" ? "settings" : "places";
  const mayWrite = session.scopes.has("stock:write");
  return (
    <Page
      title={t("warehouse.title")}
      note={t(tab === "places" ? "warehouse.about" : "settings.about")}
      actions={tab === "places" && mayWrite && <AddWarehouse organizationId={session.organizationId} />}
    >
      <Tabs
        className="tabs"
        activeKey={tab}
        items={[
          { key: "places", label: t("warehouse.title") },
          { key: "settings", label: t("settings.title") },
        ]}
        onChange={(key) => change({ tab: key === "places" ? undefined : key })}
      />
      {tab === "places" ? (
        <WarehouseList organizationId={session.organizationId} />
      ) : (
        <StockSettings organizationId={session.organizationId} mayWrite={mayWrite} />
      )}
    </Page>
  );
}
