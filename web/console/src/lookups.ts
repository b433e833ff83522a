import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** The name of a warehouse by its id; its number while the name is not known. */
export function useWarehouseName(): (id: number) => string {
  const { t } = useTranslation("inventory");
  return useCallback((id: number) => t("warehouse.numbered", { id }), [t]);
}
