import { useTranslation } from "react-i18next";
import { ShipmentList } from "@/domains/orders/shipment-list";
import { Page } from "@/ui/page";

export function ShipmentsPage() {
  const { t } = useTranslation("orders");
  return (
    <Page title={t("shipment.list")}>
      <ShipmentList />
    </Page>
  );
}
