import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { queries } from "@/queries";
import { idle } from "@/ui/idle";
import { keep, kept } from "@/ui/kept";
import { componentsLearn, nameDays } from "./components";
import zhHans, { pageWords, reasonWords, refusalWords } from "./zh-hans";

export const LANGUAGES = ["zh-Hans", "zh-Hant", "en"] as const;
export type LanguageCode = (typeof LANGUAGES)[number];
const KEY = "huiliu.language";

export const isLanguage = (text: unknown): text is LanguageCode =>
  LANGUAGES.some((language) => language === text);

function chosen(): LanguageCode {
  const before = kept(KEY);
  return isLanguage(before) ? before : "zh-Hans";
}

/** Simplified Chinese is always here; the others come when someone wants them. */
const CATALOGUES = {
  "zh-Hans": () => Promise.resolve(zhHans),
  "zh-Hant": () => import("@shared/i18n/zh-Hant.json").then((loaded) => loaded.default),
  en: () => import("./en").then((loaded) => loaded.default),
} as const;

const label = (language: string): void => {
  document.documentElement.lang = language;
  document.title = i18next.t("common:product");
};

i18next.use(initReactI18next).init({
  lng: "zh-Hans",
  fallbackLng: "zh-Hans",
  supportedLngs: LANGUAGES,
  defaultNS: "common",
  resources: { "zh-Hans": { ...zhHans } }, // a copy: what is added later is no word of the frame
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
  react: { bindI18nStore: "added" },
});
label(i18next.language);
i18next.on("languageChanged", label);

/** What the server answers in sentences, in the language it is asked in; tests/http/test_spoken.py finds what is missing. */
const SPOKEN = [
  "/api/v1/policies",
  "/api/v1/price-lists",
  "/api/v1/prices",
  "/api/v1/imports",
  "/api/v1/exports",
];

const isSpoken = (first: unknown): boolean =>
  typeof first === "string" && SPOKEN.some((path) => first.startsWith(path));

async function learn(language: LanguageCode): Promise<void> {
  if (i18next.hasResourceBundle(language, "common")) return;
  for (const [namespace, texts] of Object.entries(await CATALOGUES[language]()))
    i18next.addResourceBundle(language, namespace, texts);
}

/** The newest wish: a catalogue that comes late must not undo a later choice. */
let wanted: LanguageCode = "zh-Hans";

/** Speaks a language from now on, and has the server say anew what it said in the one before. */
export async function speak(language: LanguageCode): Promise<void> {
  wanted = language;
  await Promise.all([learn(language), componentsLearn(language)]);
  if (wanted !== language) return;
  nameDays(language);
  if (language !== i18next.language) {
    await i18next.changeLanguage(language);
    void queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => isSpoken(first) });
  }
  keep(KEY, language);
}

/** Resolved when every page has its words in Chinese, the last resort of every language. */
export async function pagesSpeak(): Promise<void> {
  if (i18next.hasResourceBundle("zh-Hans", "partners")) return;
  for (const [namespace, texts] of Object.entries(await pageWords()))
    i18next.addResourceBundle("zh-Hans", namespace, texts);
}

/** Resolved when refusals have their words, which are the last resort of every language. */
export const refusalsSpeak: Promise<unknown> = idle()
  .then(() => Promise.all([refusalWords(), reasonWords()]))
  .then(([refusals, reasons]) => {
    i18next.addResourceBundle("zh-Hans", "refusals", refusals);
    i18next.addResourceBundle("zh-Hans", "reasons", reasons);
  });

/** The language this browser was last used in. */
export const speakChosen = (): Promise<void> => speak(chosen());

// Chosen in another tab it is spoken here, too.
addEventListener("storage", ({ key }) => {
  if (key === KEY) void speakChosen();
});
