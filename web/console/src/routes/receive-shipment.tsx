import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ReceiveForm } from "@/domains/fulfilment/receive-form";
import { ShipmentTag } from "@/domains/fulfilment/urgency";
import { useGetShipment } from "@/gen/fulfilment/fulfilment";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { readerOf } from "./shipment";

/** Taking one shipment in. */
export function ReceiveShipmentPage() {
  const { t } = useTranslation("fulfilment");
  const session = useSession();
  const format = useFormat();
  const { shipmentId = "" } = useParams({ strict: false }) as { shipmentId?: string };
  const { data: shipment, error, refetch } = useGetShipment(shipmentId);
  const home = { label: t("receive.title"), to: "/warehouse/receive" };
  if (error && !shipment) {
    return (
      <Page title={t("receive.title")} crumbs={[home]}>
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
      note={`${shipment.seller_name} · ${format.instant(shipment.shipped_at)}`}
    >
      <ReceiveForm of={shipment} organizationId={session.organizationId} reader={readerOf(session)} />
    </Page>
  );
}
