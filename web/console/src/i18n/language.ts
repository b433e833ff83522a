import type { Language } from "@shared/money";
import { useTranslation } from "react-i18next";

/** The language of the screen, as the formatters of web/shared want it. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? "en" : "zh-Hans";
}
