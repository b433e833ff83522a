import { useTranslation } from "react-i18next";
import { ReturnList } from "@/domains/orders/return-list";
import { Page } from "@/ui/page";

export function ReturnsPage() {
  const { t } = useTranslation("orders");
  return (
    <Page title={t("return.list")}>
      <ReturnList />
    </Page>
  );
}
