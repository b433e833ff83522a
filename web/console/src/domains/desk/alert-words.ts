import type { ParseKeys } from "i18next";
import { type Filters, writeSearch } from "@/ui/use-filters";

export interface AlertFacts {
  key: string;
  limit: number;
  organization_id: number;
}

const LATE = "orders.late.";

function filtersOf({ key, limit, organization_id }: AlertFacts, isStaff: boolean): [string, Filters] {
  const whose = String(organization_id);
  if (key.startsWith(LATE)) {
    const state = key.slice(LATE.length);
    const states = state === "CONFIRMED" ? [state, "PARTIALLY_SHIPPED"] : state;
    return ["/orders", { state: states, late: "true", seller: whose }];
  }
  switch (key) {
    case "stock.expiring":
      return ["/stock", { tab: "expiring", soon: String(limit), organization: whose }];
    case "stock.cover_low":
      return isStaff
        ? [
            "/explore",
            {
              metric: ["days_of_cover", "stock_units"],
              rows: "partner",
              period: "days_30",
              sort: "days_of_cover:asc",
              below: String(limit),
            },
          ]
        : ["/stock", { group: "ORGANIZATION", cover: String(limit), organization: whose }];
    default:
      return ["/balances", { overdue: "true", [key === "money.own_overdue" ? "buyer" : "seller"]: whose }];
  }
}

/** The list that shows exactly what an alert counts. */
export function alertAddress(alert: AlertFacts, isStaff: boolean): string {
  const [to, search] = filtersOf(alert, isStaff);
  return `${to}${writeSearch(search)}`;
}

/** The words of an alert, with its limit in them. */
export const alertWords = (key: string) => `alert.${key}` as ParseKeys<"desk">;
