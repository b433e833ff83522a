import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { exportOf } from "@/domains/orders/order-filters";
import { OrderList, OrderTotals, useOrderPages } from "@/domains/orders/order-list";
import { ButtonLink } from "@/ui/button-link";
import { ExportButton } from "@/ui/export-button";
import { Page } from "@/ui/page";
import { useFilters } from "@/ui/use-filters";
import { orderReader } from "./order-reader";

export function OrdersPage() {
  const { t } = useTranslation(["orders", "common"]);
  const session = useSession();
  const reader = orderReader(session);
  const [filters] = useFilters();
  const pages = useOrderPages();
  return (
    <Page
      title={t("list.title")}
      note={<OrderTotals currency={pages.rows[0]?.currency} />}
      actions={
        <>
          {reader.mayExport && (
            <ExportButton name="orders" filters={exportOf(filters)} fileName={t("list.title")} />
          )}
          {reader.maySubmit && <ButtonLink to="/orders/new">{t("common:menu.order_new")}</ButtonLink>}
        </>
      }
    >
      <OrderList pages={pages} reader={reader} />
    </Page>
  );
}
