import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import zhHans from "./zh-hans";

export const LANGUAGES = ["zh-Hans", "en"] as const;
export type LanguageCode = (typeof LANGUAGES)[number];
const KEY = "huiliu.language";

function chosen(): LanguageCode {
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "zh-Hans";
  } catch {
    return "zh-Hans";
  }
}

const label = (language: string): void => {
  document.documentElement.lang = language;
  document.title = i18next.t("common:product");
};

i18next.use(initReactI18next).init({
  lng: "zh-Hans",
  fallbackLng: "zh-Hans",
  supportedLngs: LANGUAGES,
  defaultNS: "common",
  resources: { "zh-Hans": zhHans },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
});
label(i18next.language);
i18next.on("languageChanged", label);

/** Speaks a language from now on; Chinese is always here, others come when someone wants them. */
export async function speak(language: LanguageCode): Promise<void> {
  if (language === "en" && !i18next.hasResourceBundle("en", "common")) {
    const { default: catalogue } = await import("./en");
    for (const [namespace, texts] of Object.entries(catalogue))
      i18next.addResourceBundle("en", namespace, texts);
  }
  await i18next.changeLanguage(language);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // a private window keeps it for this visit only
  }
}

/** The language this browser was last used in. */
export const speakChosen = (): Promise<void> => speak(chosen());
