import "@/theme/selling.css";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { OrderActions } from "@/domains/orders/order-actions";
import { OrderDocument } from "@/domains/orders/order-document";
import { OrderStateTag } from "@/domains/orders/states";
import { useGetOrder } from "@/gen/orders/orders";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { orderReader } from "./order-reader";

export function OrderPage() {
  const { t } = useTranslation(["orders", "common"]);
  const session = useSession();
  const { orderId = "" } = useParams({ strict: false }) as { orderId?: string };
  const { data: order, error, refetch } = useGetOrder(orderId);
  const crumbs = [
    { label: t("list.title"), to: "/orders" },
    { label: order?.number ?? t("common:state.loading") },
  ];
  if (error && !order) {
    return (
      <Page title={t("list.title")} crumbs={[{ label: t("list.title"), to: "/orders" }]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!order) return <PageSkeleton />;
  return (
    <Page
      crumbs={crumbs}
      title={
        <>
          <span className="figures">{order.number}</span> <OrderStateTag of={order.state} />
        </>
      }
      actions={<OrderActions of={order} />}
    >
      <OrderDocument of={order} reader={orderReader(session)} />
    </Page>
  );
}
