import type { NewPartnerIn, PartnerChangeIn, PartnerPageOut } from "@/gen/model";

type PartnerIn = Omit<PartnerChangeIn, "version">;

/** What a form holds of a partner. */
export interface PartnerDraft {
  code: string;
  kind: NewPartnerIn["kind"];
  parentId: number | null;
  name: string;
  shortName: string;
  uscc: string;
  tier: string;
  tags: string[];
  channel: string;
  regionCode: string;
  address: string;
  phone: string;
  sellerId: number | null;
  custom: Record<string, unknown>;
}

export const EMPTY_PARTNER: PartnerDraft = {
  code: "",
  kind: "DISTRIBUTOR",
  parentId: null,
  name: "",
  shortName: "",
  uscc: "",
  tier: "",
  tags: [],
  channel: "",
  regionCode: "",
  address: "",
  phone: "",
  sellerId: null,
  custom: {},
};

export const draftOf = (partner: PartnerPageOut): PartnerDraft => ({
  code: partner.code,
  kind: partner.kind as PartnerDraft["kind"],
  parentId: partner.parent_id,
  name: partner.name,
  shortName: partner.short_name,
  uscc: partner.uscc,
  tier: partner.tier,
  tags: partner.tags,
  channel: partner.channel,
  regionCode: partner.region_code,
  address: partner.address,
  phone: partner.phone,
  sellerId: partner.default_seller_id,
  custom: partner.custom,
});

export const bodyOf = (draft: PartnerDraft): PartnerIn => ({
  name: draft.name.trim(),
  short_name: draft.shortName.trim(),
  uscc: draft.uscc.trim(),
  tier: draft.tier,
  tags: draft.tags,
  channel: draft.channel,
  region_code: draft.regionCode,
  address: draft.address.trim(),
  phone: draft.phone.trim(),
  default_seller_id: draft.sellerId,
  custom: draft.custom as PartnerIn["custom"],
});
