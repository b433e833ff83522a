import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/ui/use-format";

const DATED = /^(\d{4}-\d{2}-\d{2})(?:\/(.*))?$/;

/** A lot as people say it: its batch and until when it is good; texts of others stand as they are. */
export function useLotWords(): (lot: string) => string {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useCallback(
    (lot) => {
      const [, day, batch] = DATED.exec(lot) ?? [];
      if (!day) return lot;
      return [batch, t("stock.lot_until", { day: format.day(day) })].filter(Boolean).join(" · ");
    },
    [t, format],
  );
}
