import type { ScopeIn, ScopeOut } from "@/gen/model";
import type { Chosen } from "./organization-select";

/** A rule in a form: whom, what, when, and whether it opens or closes. */
export interface ScopeDraft {
  name: string;
  isAllow: boolean;
  organizations: Chosen[];
  under: Chosen[];
  tiers: string[];
  tags: string[];
  channels: string[];
  kinds: string[];
  skuIds: number[];
  categoryIds: number[];
  brandIds: number[];
  from: string;
  until: string;
}

/** The organization's number in the last segment of a path. */
export const idOfPath = (path: string): string => String(Number.parseInt(path.slice(-7, -1), 16));

export function draftOf(rule: ScopeOut | null, today: string): ScopeDraft {
  const nameOf = (id: string) => rule?.organizations[id] ?? id;
  return {
    name: rule?.name ?? "",
    isAllow: rule?.is_allow ?? true,
    organizations: (rule?.organization_ids ?? []).map((id) => ({
      key: String(id),
      name: nameOf(String(id)),
    })),
    under: (rule?.under_paths ?? []).map((path) => ({ key: path, name: nameOf(idOfPath(path)) })),
    tiers: rule?.tiers ?? [],
    tags: rule?.tags ?? [],
    channels: rule?.channels ?? [],
    kinds: rule?.kinds ?? [],
    skuIds: rule?.sku_ids ?? [],
    categoryIds: rule?.category_ids ?? [],
    brandIds: rule?.brand_ids ?? [],
    from: rule?.valid_from ?? today,
    until: rule?.valid_to ?? "",
  };
}

export const bodyOf = (draft: ScopeDraft): ScopeIn => ({
  name: draft.name.trim(),
  is_allow: draft.isAllow,
  organization_ids: draft.organizations.map((one) => Number(one.key)),
  under_paths: draft.under.map((one) => one.key),
  tiers: draft.tiers,
  tags: draft.tags,
  channels: draft.channels,
  kinds: draft.kinds,
  sku_ids: draft.skuIds,
  category_ids: draft.categoryIds,
  brand_ids: draft.brandIds,
  valid_from: draft.from,
  valid_to: draft.until || null,
});
