import i18next from "i18next";

/** A refusal's fact in words, or null when it is for machines: only facts the catalogue names are shown. */
export function factText(name: string, value: unknown): string | null {
  if (!i18next.exists(`refusals:facts.${name}`)) return null;
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value.slice(0, 10).join(", ");
  return null;
}
