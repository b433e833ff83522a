import { useTranslation } from "react-i18next";
import { PickPaper } from "@/domains/fulfilment/paper/pick-paper";
import { useGetPickList } from "@/gen/fulfilment/fulfilment";
import { PrintFrame } from "@/ui/print-frame";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { many, one, useFilters } from "@/ui/use-filters";

/** The pick list of some orders in one warehouse. */
export function PrintPickPage() {
  const { t } = useTranslation("fulfilment");
  const [filters] = useFilters();
  const warehouseId = Number(one(filters.warehouse)) || 0;
  const orderIds = many(filters.order);
  const isAsked = warehouseId > 0 && orderIds.length > 0;
  const found = useGetPickList(
    { warehouse_id: warehouseId, order_id: orderIds },
    { query: { enabled: isAsked } },
  );
  return (
    <PrintFrame title={t("print.pick")} isEmpty={!isAsked || found.data?.lines.length === 0}>
      <Refusal of={found.error} />
      {isAsked && !found.data && !found.error && <PageSkeleton />}
      {found.data && <PickPaper of={found.data} printedAt={new Date(found.dataUpdatedAt).toISOString()} />}
    </PrintFrame>
  );
}
