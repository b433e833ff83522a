import { shift } from "@shared/dates";
import type { ListPartnersParams } from "@/gen/model";
import { customWanted } from "@/ui/custom-filters";
import { type Filters, one } from "@/ui/use-filters";
import { PARTNER_KINDS, PARTNER_STATES } from "./states";

export const GAPS = [
  "USCC_MISSING",
  "USCC_INVALID",
  "USCC_LEGACY",
  "REGION_MISSING",
  "CONTACT_MISSING",
  "CONTRACT_MISSING",
] as const;
export const ENDING_DAYS = ["0", "30", "60", "90"] as const;

const within = (days: string, today: string): string | undefined =>
  ENDING_DAYS.some((one) => one === days) ? shift(today, { days: Number(days) + 1 }) : undefined;

/** The filters of the address as the API takes them; "ending in 30 days" counts from the organization's today. */
export function paramsOf(filters: Filters, today: string): ListPartnersParams {
  const under = Number.parseInt(one(filters.under), 10);
  return {
    text: one(filters.text) || undefined,
    kind: PARTNER_KINDS.find((kind) => kind === one(filters.kind)),
    status: PARTNER_STATES.find((status) => status === one(filters.status)),
    tier: one(filters.tier) || undefined,
    tag: one(filters.tag) || undefined,
    province: one(filters.province) || undefined,
    under_id: Number.isNaN(under) ? undefined : under,
    gap: GAPS.find((gap) => gap === one(filters.gap)),
    contract_ends_before: within(one(filters.contract), today),
    licence_ends_before: within(one(filters.licence), today),
    custom: customWanted(filters),
  };
}

/** The same, as an export takes it. */
export function exportOf(filters: Filters, today: string): Record<string, string | number | undefined> {
  const { custom, under_id, ...rest } = paramsOf(filters, today);
  return {
    ...(rest as Record<string, string | undefined>),
    under_id: under_id ?? undefined,
    custom: custom?.join("\n"),
  };
}
