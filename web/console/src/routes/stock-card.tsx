import { useTranslation } from "react-i18next";
import { StockCard } from "@/domains/inventory/stock-card";
import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";

/** One sku in one warehouse. */
export function StockCardPage() {
  const { t } = useTranslation("inventory");
  const [filters] = useFilters();
  const skuId = Number(one(filters.sku)) || 0;
  const warehouseId = Number(one(filters.warehouse)) || 0;
  return (
    <Page
      title={t("card.title")}
      crumbs={[{ label: t("stock.title"), to: "/stock" }, { label: t("card.title") }]}
    >
      {skuId && warehouseId ? (
        <StockCard skuId={skuId} warehouseId={warehouseId} />
      ) : (
        <EmptyState text={t("card.none")} />
      )}
    </Page>
  );
}
