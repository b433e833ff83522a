import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/language";
import { isRecord, type Shape, said, texts } from "./setting-shape";

/** A value in words. */
export function useSettingText(): (shape: Shape, value: unknown) => string {
  const { t } = useTranslation(["administration", "common"]);
  const language = useLanguage();
  const text = (shape: Shape, value: unknown): string => {
    const word = (code: string) => {
      const option = shape.options?.find((one) => one.code === code);
      return option ? said(option, language) : code;
    };
    if (shape.kind === "switch") return t(value === true ? "option.on" : "option.off");
    if (shape.kind === "one_of") return word(String(value));
    if (shape.kind === "several") {
      const chosen = texts(value).map(word);
      return chosen.length ? chosen.join(t("common:list.separator")) : t("option.nothing");
    }
    if (shape.kind === "record" && isRecord(value))
      return (shape.parts ?? [])
        .map((part) => `${said(part, language)} ${text(part, value[part.name])}`)
        .join(t("common:list.separator"));
    return String(value ?? "");
  };
  return text;
}
