import { useTranslation } from "react-i18next";
import type { Reason } from "@/gen/model";

/** Why the other list counts, as the end of a sentence. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslation("prices");
  return (reason) => {
    switch (reason) {
      case "LOWER_LEVEL":
      case "LOWER_PRIORITY":
      case "WIDER_SCOPE":
      case "OLDER":
      case "PUBLISHED_EARLIER":
        return t(`calendar.because.${reason}`);
      default:
        return t(`reason.${reason}`);
    }
  };
}
