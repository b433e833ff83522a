import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { FindingOfHealthOut } from "@/gen/model";
import { useFormat } from "@/ui/use-format";

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes in the largest unit that leaves a whole figure. */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const value = bytes / 1024 ** power;
  return `${power > 1 && value < 100 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}

export function useHealthWords() {
  const { t } = useTranslation("administration");
  const format = useFormat();
  const work = (name: string): string => {
    const key = `work.${name.replaceAll(/[: ]+/g, "_")}`;
    return i18next.exists(`administration:${key}`) ? String(t(key as never)) : name;
  };
  const since = (at: string, now: string): string =>
    format.duration(Math.max(0, Math.round((Date.parse(now) - Date.parse(at)) / 1000)));
  const finding = (one: FindingOfHealthOut): string =>
    String(t(`health.finding.${one.code}` as never, { about: work(one.about) } as never));
  return { work, since, finding, size: sizeText };
}
