import i18next from "i18next";
import { useTranslation } from "react-i18next";

/** What scopes are about, in the order of the menu; each area is the part before the colon. */
export const AREAS = {
  partners: ["partners", "contacts"],
  goods: ["catalog", "policies", "prices"],
  orders: ["orders"],
  stock: ["stock", "sell_out"],
  money: ["money", "credit", "costs"],
  figures: ["metrics", "exports", "imports"],
  people: ["users", "organizations", "clients"],
  system: ["settings", "audit", "system"],
} as const;
export type Area = keyof typeof AREAS | "others";

/** Everybody has these; telling them apart helps nobody. */
const UNTOLD = new Set(["session:use", "jobs:use", "files:read", "files:write"]);

/** Scopes by area, empty areas left out. */
export function byArea(scopes: readonly string[]): [Area, string[]][] {
  const told = scopes.filter((scope) => !UNTOLD.has(scope));
  const isOf = (scope: string, prefixes: readonly string[]) => prefixes.includes(scope.split(":")[0] ?? "");
  const found = Object.entries(AREAS).map(([area, prefixes]): [Area, string[]] => [
    area as Area,
    told.filter((scope) => isOf(scope, prefixes)),
  ]);
  const known = new Set(found.flatMap(([, those]) => those));
  found.push(["others", told.filter((scope) => !known.has(scope))]);
  return found.filter(([, those]) => those.length > 0);
}

/** A scope as its key in the catalogue, where a colon means something else. */
export const scopeKey = (scope: string): string => scope.replace(":", "_");

/** A scope in plain words; its name while the catalogue does not know it. */
export function useScopeText(): (scope: string) => string {
  const { t } = useTranslation("access");
  return (scope) => {
    const key = `scope.${scopeKey(scope)}`;
    return i18next.exists(`access:${key}`) ? String(t(key as never)) : scope;
  };
}

/** What stays hidden without a scope. */
export const MASKS = ["prices:read", "money:read", "contacts:read", "costs:read"] as const;
