import i18next from "i18next";
import { useCallback } from "react";
import { useLanguage } from "@/i18n/language";

interface Word {
  zh: string;
  en: string;
}

/** What the server calls a thing, in the reader's language; it knows no traditional characters, so those are looked up. */
export function useWord() {
  const language = useLanguage();
  return useCallback(
    (word: Word | undefined, otherwise = ""): string => {
      if (!word) return otherwise;
      if (language === "en") return word.en;
      if (language === "zh-Hans") return word.zh;
      const found: unknown = i18next.getResource(language, "server", word.zh, { keySeparator: false });
      return typeof found === "string" ? found : word.zh;
    },
    [language],
  );
}
