import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { PickLoader } from "@/domains/fulfilment/pick-sheet";
import { PrintLink } from "@/domains/fulfilment/print-link";
import { Page } from "@/ui/page";
import { many, one, useFilters } from "@/ui/use-filters";
import { useWarehouses, WarehouseField } from "@/ui/warehouse-field";

/** The pick list of chosen orders in one warehouse. */
export function PickPage() {
  const { t } = useTranslation("fulfilment");
  const session = useSession();
  const [filters, change] = useFilters();
  const orderIds = many(filters.order);
  const places = useWarehouses(session.organizationId);
  // Who has one warehouse is not asked which.
  const only = places.length === 1 ? places[0]?.id : undefined;
  const warehouseId = Number(one(filters.warehouse)) || only || 0;
  return (
    <Page
      title={t("pick.title")}
      crumbs={[{ label: t("waiting.title"), to: "/warehouse/allocation" }, { label: t("pick.title") }]}
      note={t("pick.about")}
      actions={
        <>
          <WarehouseField
            organizationId={session.organizationId}
            value={warehouseId || undefined}
            onChange={(id) => change({ warehouse: id ? String(id) : undefined })}
          />
          {warehouseId > 0 && orderIds.length > 0 && (
            <PrintLink kind="pick" ids={orderIds} warehouseId={warehouseId} label={t("print.pick")} />
          )}
        </>
      }
    >
      <PickLoader warehouseId={warehouseId} orderIds={orderIds} />
    </Page>
  );
}
