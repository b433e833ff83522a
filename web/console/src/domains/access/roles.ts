import type { Role } from "@/gen/model";

/** The brand's roles, then the partners'. */
export const ROLES = [
  "ADMINISTRATOR",
  "CHANNEL_MANAGER",
  "SALES_OPERATIONS",
  "FINANCE",
  "WAREHOUSE",
  "ANALYST",
  "OWNER",
  "BUYER",
  "KEEPER",
] as const satisfies readonly Role[];
