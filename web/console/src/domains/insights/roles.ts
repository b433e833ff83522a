import type { Role } from "@/gen/model";

/** The figures that matter to somebody at first sight, and the one drawn over time. */
export interface Focus {
  tiles: readonly string[];
  trend: string;
}

const SALES: Focus = {
  tiles: ["net_sales", "orders", "active_partners", "units", "line_fill_rate", "order_cycle_time_p50"],
  trend: "net_sales",
};

const FOCUS: Record<Role, Focus> = {
  ADMINISTRATOR: {
    tiles: [...SALES.tiles, "stock_units", "days_of_cover", "order_cycle_time_p90", "return_rate"],
    trend: "net_sales",
  },
  CHANNEL_MANAGER: {
    tiles: ["net_sales", "active_partners", "orders", "average_order_value", "days_of_cover", "return_rate"],
    trend: "net_sales",
  },
  SALES_OPERATIONS: SALES,
  FINANCE: {
    tiles: [
      "net_sales",
      "net_sales_untaxed",
      "return_amount",
      "return_rate",
      "average_order_value",
      "orders",
    ],
    trend: "net_sales",
  },
  WAREHOUSE: {
    tiles: [
      "orders_dispatched",
      "units_shipped",
      "line_fill_rate",
      "order_cycle_time_p50",
      "order_cycle_time_p90",
      "stock_units",
    ],
    trend: "units_shipped",
  },
  ANALYST: {
    tiles: [...SALES.tiles, "stock_units", "days_of_cover", "order_cycle_time_p90", "return_rate"],
    trend: "net_sales",
  },
  OWNER: {
    tiles: ["net_sales", "orders", "units", "stock_units", "days_of_cover", "line_fill_rate"],
    trend: "net_sales",
  },
  BUYER: { tiles: ["orders", "units", "stock_units", "days_of_cover"], trend: "units" },
  KEEPER: {
    tiles: ["stock_units", "days_of_cover", "units_shipped", "line_fill_rate"],
    trend: "units_shipped",
  },
};

/** A store buys and has stock; what it sells to whoever walks in is not in the channel's figures. */
const STORE: Focus = {
  tiles: ["orders", "units_ordered", "stock_units", "line_fill_rate"],
  trend: "units_ordered",
};

/** The focus of the first of somebody's roles; a person without one sees what sales shows. */
export function focusOf(roles: readonly Role[], kind: string): Focus {
  if (kind === "STORE") return STORE;
  return roles[0] ? FOCUS[roles[0]] : SALES;
}
