import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { StockLineOut } from "@/gen/model";
import { useFormat } from "@/ui/use-format";

type Lot = Pick<StockLineOut, "batch" | "expires_on">;

/** A lot as people say it: its batch and until when it is good. */
export function useLotWords(): (lot: Lot) => string {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useCallback(
    ({ batch, expires_on }) =>
      [batch, expires_on && t("stock.lot_until", { day: format.day(expires_on) })]
        .filter(Boolean)
        .join(" · "),
    [t, format],
  );
}
