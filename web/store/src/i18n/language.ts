import type { Language } from "@shared/money";
import { useTranslation } from "react-i18next";
import { isLanguage } from "./setup";

/** The language of the screen, as the formatters of web/shared want it. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return isLanguage(i18n.language) ? i18n.language : "zh-Hans";
}
