// Whom a list speaks to, as the builder shows it: flat conditions and one exception. What is nested deeper stays as it is.

export interface Conditions {
  under_ids: number[];
  region_codes: string[];
  tiers: string[];
  channels: string[];
  kinds: string[];
  tags: string[];
  organization_ids: number[];
}

export type AudienceJson = Record<string, unknown>;

const NUMBERS = ["under_ids", "organization_ids"] as const;
const TEXTS = ["region_codes", "tiers", "channels", "kinds", "tags"] as const;
export const PARTS = [
  "under_ids",
  "region_codes",
  "kinds",
  "tiers",
  "channels",
  "tags",
  "organization_ids",
] as const;
export type Part = (typeof PARTS)[number];

/** An organization's path names it: the last segment is its number, in base 16. */
const numberOf = (path: string): number =>
  Number.parseInt(path.replace(/\.$/, "").split(".").at(-1) ?? "", 16);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function conditionsOf(audience: AudienceJson): Conditions {
  const paths = list(audience.under_paths).map((path) => numberOf(String(path)));
  const numbers = (name: string) => list(audience[name]).map(Number);
  const texts = (name: string) => list(audience[name]).map(String);
  return {
    under_ids: [...numbers("under_ids"), ...paths],
    organization_ids: numbers("organization_ids"),
    region_codes: texts("region_codes"),
    tiers: texts("tiers"),
    channels: texts("channels"),
    kinds: texts("kinds"),
    tags: texts("tags"),
  };
}

/** The document of conditions: only the parts that are named, and what the builder does not show unchanged. */
export function audienceOf(conditions: Conditions, before: AudienceJson = {}): AudienceJson {
  const kept = Object.fromEntries(
    Object.entries(before).filter(
      ([name]) => name === "all_of" || name === "any_of" || name === "except_for",
    ),
  );
  const named: AudienceJson = {};
  for (const part of [...NUMBERS, ...TEXTS]) if (conditions[part].length > 0) named[part] = conditions[part];
  return { ...named, ...kept };
}

export function withException(audience: AudienceJson, exception: Conditions | null): AudienceJson {
  const { except_for: before, ...rest } = audience;
  if (!exception) return rest;
  const named = audienceOf(exception, (before as AudienceJson | undefined) ?? {});
  return Object.keys(named).length > 0 ? { ...rest, except_for: named } : rest;
}

export const isNested = (audience: AudienceJson): boolean =>
  "all_of" in audience ||
  "any_of" in audience ||
  "except_for" in ((audience.except_for as AudienceJson) ?? {});
