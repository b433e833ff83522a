import i18next from "i18next";
import { useTranslation } from "react-i18next";

export const SUBJECTS = [
  "order",
  "shipment",
  "return",
  "partner",
  "policy",
  "receipt",
  "credit",
  "warehouse",
  "stock_count",
  "adjustment",
  "transfer",
  "sale",
  "sku",
  "product",
  "import",
  "export",
  "user",
  "organization",
  "setting",
  "module",
  "custom_field",
  "job",
] as const;

const known = (key: string) => i18next.exists(`administration:${key}`);

/** The trail in words; a name that the catalogue does not know stands as it is. */
export function useAuditWords() {
  const { t } = useTranslation(["administration", "common"]);
  const word = (group: "subject" | "verb" | "name" | "value", name: string): string => {
    const key = `audit.${group}.${name.replaceAll(".", "_")}`;
    return known(key) ? String(t(key as never)) : name;
  };
  const action = (name: string): string => {
    const [family = "", ...rest] = name.split(".");
    return `${word("subject", family)} · ${word("verb", rest.join("_"))}`;
  };
  const value = (one: unknown): string => {
    if (one === null || one === undefined || one === "") return "–";
    if (typeof one === "boolean") return t(one ? "common:custom.yes" : "common:custom.no");
    if (Array.isArray(one)) return one.length ? one.map(value).join(t("common:list.separator")) : "–";
    // Names of states and ways stand in the trail as the program calls them.
    if (typeof one === "string" && /^[A-Za-z_]+$/.test(one)) return word("value", one);
    return typeof one === "object" ? JSON.stringify(one) : String(one);
  };
  return { word, action, value };
}
