import { useTranslation } from "react-i18next";
import { isLanguage, LANGUAGES, speak } from "@/i18n/setup";
import { Chips } from "@/ui/chips";

/** Each language in its own words: whoever reads none of the others must find it. */
const NAMES = { "zh-Hans": "简体中文", "zh-Hant": "繁體中文", en: "English" } as const;

export function Languages() {
  const { t, i18n } = useTranslation("store-mine");
  return (
    <Chips
      isWrapped
      label={t("settings.language")}
      value={isLanguage(i18n.language) ? i18n.language : "zh-Hans"}
      options={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
      onChange={(value) => void speak(value)}
    />
  );
}
