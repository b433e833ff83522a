import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { useWarehouses } from "@/ui/warehouse-field";

/** The name of a warehouse by its id; one that is closed or the other side's has none here. */
export function useWarehouseName(): (id: number) => string {
  const { t } = useTranslation("inventory");
  const places = useWarehouses(useSession().organizationId);
  return useCallback(
    (id: number) => places.find((place) => place.id === id)?.name ?? t("warehouse.unnamed"),
    [t, places],
  );
}
