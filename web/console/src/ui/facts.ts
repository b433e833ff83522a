import i18next from "i18next";

const MANY = 10;

/** A code of the server in words where it has some: a state, a right; a name or a figure stays as it is. */
function valueText(name: string, value: string | number): string {
  const scope = `access:scope.${String(value).replace(":", "_")}`;
  if (name === "scope" && i18next.exists(scope)) return String(i18next.t(scope as never));
  const key = `refusals:values.${value}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : String(value);
}

/** A refusal's fact in words, or null when it is for machines: only facts the catalogue names are shown. */
export function factText(name: string, value: unknown): string | null {
  if (!i18next.exists(`refusals:facts.${name}`)) return null;
  if (typeof value === "string" || typeof value === "number") return valueText(name, value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value
      .slice(0, MANY)
      .map((one) => valueText(name, one))
      .join(", ");
  return null;
}
