import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { keep, kept, onKeptElsewhere } from "@/platform/storage";
import { cataloguesOf, reasonWords, refusalWords } from "./words";
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

/** The newest wish: a catalogue that comes late must not undo a later choice. */
let wanted: LanguageCode = "zh-Hans";

/** Speaks a language from now on. */
export async function speak(language: LanguageCode): Promise<void> {
  wanted = language;
  if (!i18next.hasResourceBundle(language, "store")) {
    for (const [namespace, texts] of Object.entries(await cataloguesOf(language)))
      i18next.addResourceBundle(language, namespace, texts);
  }
  if (wanted !== language) return;
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

/** Words that come when they are wanted; resolved when they are here, or cannot come now. */
function later(namespace: string, load: () => Promise<object>): () => Promise<void> {
  let asked: Promise<void> | null = null;
  return () => {
    asked ??= load().then(
      (loaded) => void i18next.addResourceBundle("zh-Hans", namespace, loaded),
      () => {
        asked = null; // no network: the server's own words, and another attempt the next time
      },
    );
    return asked;
  };
}

/** What is wrong with an input; asked for by the first such refusal. */
export const reasonsSpeak = later("reasons", reasonWords);

/** What refusals are called and what helps, the last resort of every language; asked for when the first page stands. */
export const refusalsSpeak = later("refusals", refusalWords);
