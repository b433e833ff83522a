import { useTranslation } from "react-i18next";
import { OrderList, OrderTotals, useOrderPages } from "@/domains/orders/order-list";
import { Page } from "@/ui/page";

export function OrdersPage() {
  const { t } = useTranslation("orders");
  const pages = useOrderPages();
  return (
    <Page title={t("list.title")} note={<OrderTotals currency={pages.rows[0]?.currency} />}>
      <OrderList pages={pages} />
    </Page>
  );
}
