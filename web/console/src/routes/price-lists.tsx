import { useTranslation } from "react-i18next";
import { PriceListTable } from "@/domains/pricing/price-list-table";
import { Page } from "@/ui/page";

export function PriceListsPage() {
  const { t } = useTranslation("prices");
  return (
    <Page title={t("list.title")}>
      <PriceListTable />
    </Page>
  );
}
