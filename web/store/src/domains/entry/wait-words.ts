import { useTranslation } from "react-i18next";
import { waitOf } from "./phone";

/** How long to wait, in the unit that one would say; nothing when there is no wait. */
export function useWaitWords(seconds: number, what: "wait" | "again"): string {
  const { t } = useTranslation();
  if (seconds <= 0) return "";
  const { unit, count } = waitOf(seconds);
  return t(`sign_in.${what}_${unit}`, { count });
}
