import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ShipmentDesk } from "@/domains/fulfilment/shipment-desk";
import { Page } from "@/ui/page";

/** Shipments of both directions; who ships sees first what left, who only buys what comes. */
export function ShipmentsPage() {
  const { t } = useTranslation("fulfilment");
  const session = useSession();
  return (
    <Page title={t("shipment.title")} note={t("shipment.note")}>
      <ShipmentDesk firstSide={session.scopes.has("orders:ship") || session.isStaff ? "OUT" : "IN"} />
    </Page>
  );
}
