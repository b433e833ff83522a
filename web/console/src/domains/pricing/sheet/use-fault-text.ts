import { number } from "@shared/money";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "./check";

/** A fault of a cell in words that say what to do. */
export function useFaultText(): (fault: Fault) => string {
  const { t } = useTranslation("prices");
  return useCallback(
    (fault: Fault) => {
      switch (fault.key) {
        case "refused":
          return t("sheet.fault.refused", { words: fault.words });
        case "code_unknown":
          return t("sheet.fault.code_unknown", { code: fault.code });
        case "unit_unknown":
          return t("sheet.fault.unit_unknown", { units: fault.units });
        case "below_floor":
          return t("sheet.fault.below_floor", { floor: number(fault.floor) });
        case "duplicate":
          return t("sheet.fault.duplicate", { line: fault.line });
        default:
          return t(`sheet.fault.${fault.key}`);
      }
    },
    [t],
  );
}
