import i18next from "i18next";
import { useCallback } from "react";
import { useLanguage } from "./language";

/** What the server calls one of its things: it knows simplified characters and English. */
export interface Word {
  zh: string;
  en: string;
}

/** A name of the server in the reader's language; traditional characters are looked up, scripts/traditional.py made them. */
export function serverWord({ zh, en }: Word, language: string): string {
  if (language === "en") return en;
  if (language === "zh-Hans") return zh;
  const found: unknown = i18next.getResource(language, "server", zh, { keySeparator: false });
  return typeof found === "string" ? found : zh;
}

export function useWord() {
  const language = useLanguage();
  return useCallback(
    (word: Word | undefined, otherwise = ""): string => (word ? serverWord(word, language) : otherwise),
    [language],
  );
}
