import { useTranslation } from "react-i18next";
import { useFormat } from "@/ui/use-format";
import type { Sentence } from "./say";

/** A sentence of the rules in words. */
export function useSentence(): (of: Sentence) => string {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  return ({ key, at, expected, who }) =>
    t(`say.${key}`, { who: who ?? "", at: format.spoken(at), expected: format.spokenDay(expected) });
}
