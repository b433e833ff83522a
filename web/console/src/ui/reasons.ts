import { type Reasons, translated } from "@shared/reasons";
import i18next from "i18next";
import type { Problem } from "@/problem";

type FieldProblem = Problem["fields"][number];

/** Why one input was refused, in the reader's language: the exact sentence, or what its kind of mistake is called. */
export function reasonText({ reason, code }: FieldProblem): string {
  const language = i18next.language;
  const reasons = i18next.getResourceBundle(language, "reasons") as Reasons | undefined;
  if (!reasons) return reason; // English: the server's own words
  const said = translated(reason, reasons);
  if (said !== null) return said;
  const key = `refusals:${code}.title`;
  return code && i18next.exists(key) ? String(i18next.t(key as never)) : reason;
}

/** Where the input stands: `lines.2.quantity` is row 3, quantity. A name that nobody translated stays as it is. */
export function fieldText(path: string): string {
  const parts = path
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter(Boolean);
  const said = parts.flatMap((part, place) => {
    if (/^\d+$/.test(part)) return [String(i18next.t("refusals:row", { no: Number(part) + 1 }))];
    // The list's own name says nothing beside the number of its row.
    if (/^\d+$/.test(parts[place + 1] ?? "")) return [];
    const key = `refusals:fields.${part}`;
    return [i18next.exists(key) ? String(i18next.t(key as never)) : part];
  });
  return said.join(" · ");
}
