import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { keep, kept, onKeptElsewhere } from "@/platform/storage";
import { cataloguesOf, reasonWords } from "./words";
import zhHans from "./zh-hans";

export const LANGUAGES = ["zh-Hans", "zh-Hant", "en"] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

export const isLanguage = (text: unknown): text is LanguageCode =>
  LANGUAGES.some((language) => language === text);

const label = (language: string): void => {
  if (typeof document !== "undefined" && document.documentElement) document.documentElement.lang = language;
};

i18next.use(initReactI18next).init({
  lng: "zh-Hans",
  fallbackLng: "zh-Hans",
  supportedLngs: LANGUAGES,
  defaultNS: "store",
  resources: { "zh-Hans": zhHans },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
  react: { bindI18nStore: "added" },
});
i18next.on("languageChanged", label);

/** Speaks a language from now on. */
export async function speak(language: LanguageCode): Promise<void> {
  if (!i18next.hasResourceBundle(language, "store")) {
    for (const [namespace, texts] of Object.entries(await cataloguesOf(language)))
      i18next.addResourceBundle(language, namespace, texts);
  }
  await i18next.changeLanguage(language);
  keep("language", language);
}

/** The language this device was last used in. */
export async function speakChosen(): Promise<void> {
  const chosen = kept<string>("language");
  if (isLanguage(chosen)) await speak(chosen);
}

// Chosen in another tab it is spoken here, too.
onKeptElsewhere("language", () => void speakChosen());

let reasons: Promise<void> | null = null;

/** Resolved when what is wrong with an input has its words, or cannot have them now; asked for by the first such refusal. */
export function reasonsSpeak(): Promise<void> {
  reasons ??= reasonWords().then(
    (loaded) => void i18next.addResourceBundle("zh-Hans", "reasons", loaded),
    () => {
      reasons = null; // no network: the server's own words, and another attempt at the next refusal
    },
  );
  return reasons;
}
