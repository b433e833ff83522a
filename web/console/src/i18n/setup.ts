import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en";
import zhHans from "./zh-hans";

export const LANGUAGES = ["zh-Hans", "en"] as const;
const KEY = "huiliu.language";

function chosen(): (typeof LANGUAGES)[number] {
  try {
    return localStorage.getItem(KEY) === "en" ? "en" : "zh-Hans";
  } catch {
    return "zh-Hans";
  }
}

i18next.use(initReactI18next).init({
  lng: chosen(),
  fallbackLng: "zh-Hans",
  supportedLngs: LANGUAGES,
  defaultNS: "common",
  resources: { "zh-Hans": zhHans, en },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
});

const label = (language: string): void => {
  document.documentElement.lang = language;
  document.title = i18next.t("common:product");
};
label(i18next.language);

i18next.on("languageChanged", (language) => {
  label(language);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // a private window keeps it for this visit only
  }
});
