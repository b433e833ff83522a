import { useTranslation } from "react-i18next";
import { StockList } from "@/domains/inventory/stock-list";
import { Page } from "@/ui/page";

export function StockPage() {
  const { t } = useTranslation("inventory");
  return (
    <Page title={t("stock.title")} note={t("stock.note")}>
      <StockList />
    </Page>
  );
}
