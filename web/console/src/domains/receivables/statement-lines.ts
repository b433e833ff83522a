import { add } from "@shared/decimal";
import i18next, { type TFunction } from "i18next";
import type { StatementLineOut } from "@/gen/model";

/** What came or what went; all lines of the time are here. */
export const sumOf = (lines: readonly StatementLineOut[], isDown: boolean): string =>
  add("0", ...lines.map(({ change }) => change).filter((change) => change.startsWith("-") === isDown));

/** The kind of document behind a movement; one that the catalogue does not know yet is another. */
export function sourceName(type: string, t: TFunction<"money">): string {
  const key = `money:source.${type}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : t("source.other");
}
