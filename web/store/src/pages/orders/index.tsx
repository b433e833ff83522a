import { useTranslation } from "react-i18next";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

export default function OrdersPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("tab.orders")} tab="orders">
      <Empty text={t("empty")} />
    </Page>
  );
}
