import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Session, useSession } from "@/domains/access/session";
import { type Reader, ShipmentActions, ShipmentDocument } from "@/domains/fulfilment/shipment-document";
import { ShipmentTag } from "@/domains/fulfilment/urgency";
import { useGetShipment } from "@/gen/fulfilment/fulfilment";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";

export const readerOf = (session: Session): Reader => ({
  userId: session.userId,
  isStaff: session.isStaff,
  mayAttach: session.scopes.has("files:write"),
  maySeeStock: session.scopes.has("stock:read"),
});

/** One shipment. */
export function ShipmentPage() {
  const { t } = useTranslation(["fulfilment", "common"]);
  const reader = readerOf(useSession());
  const { shipmentId = "" } = useParams({ strict: false }) as { shipmentId?: string };
  const { data: shipment, error, refetch } = useGetShipment(shipmentId);
  const home = { label: t("shipment.title"), to: "/shipments" };
  if (error && !shipment) {
    return (
      <Page title={t("shipment.title")} crumbs={[home]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!shipment) return <PageSkeleton />;
  return (
    <Page
      crumbs={[home, { label: shipment.number }]}
      title={
        <>
          <span className="figures">{shipment.number}</span> <ShipmentTag of={shipment.state} />
        </>
      }
      actions={<ShipmentActions of={shipment} reader={reader} />}
    >
      <ShipmentDocument of={shipment} reader={reader} />
    </Page>
  );
}
