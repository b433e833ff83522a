import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { useWarehouses } from "@/ui/warehouse-field";

/** The name of a warehouse by its id; its number while the name is not known or not one's own. */
export function useWarehouseName(): (id: number) => string {
  const { t } = useTranslation("inventory");
  const places = useWarehouses(useSession().organizationId);
  return useCallback(
    (id: number) => places.find((place) => place.id === id)?.name ?? t("warehouse.numbered", { id }),
    [t, places],
  );
}
