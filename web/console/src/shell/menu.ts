import type { ParseKeys } from "i18next";

/** One place in the menu; shown when the session has its scope and its module is on. */
export interface Place {
  key: ParseKeys<"common">;
  to: string;
  scope: string;
  module: string;
  /** Only for partners: what headquarters has no such page of. */
  isPartners?: boolean;
}

export interface Task {
  key: ParseKeys<"common">;
  icon: "desk" | "partners" | "catalog" | "orders" | "stock" | "money" | "insights" | "settings";
  places: readonly Place[];
}

/** The menu by task, not by table. */
export const TASKS: readonly Task[] = [
  {
    key: "menu.desk",
    icon: "desk",
    places: [{ key: "menu.desk", to: "/", scope: "metrics:read", module: "insights" }],
  },
  {
    key: "menu.partners",
    icon: "partners",
    places: [
      { key: "menu.partner_list", to: "/partners", scope: "partners:read", module: "partners" },
      { key: "menu.company", to: "/company", scope: "partners:read", module: "partners", isPartners: true },
    ],
  },
  {
    key: "menu.catalog",
    icon: "catalog",
    places: [
      { key: "menu.products", to: "/products", scope: "catalog:read", module: "catalog" },
      { key: "menu.categories", to: "/products/categories", scope: "catalog:read", module: "catalog" },
      { key: "menu.scope", to: "/products/scope", scope: "policies:read", module: "catalog" },
      { key: "menu.price_lists", to: "/price-lists", scope: "policies:read", module: "pricing" },
      { key: "menu.prices", to: "/prices", scope: "prices:read", module: "pricing" },
    ],
  },
  {
    key: "menu.orders",
    icon: "orders",
    places: [
      { key: "menu.order_list", to: "/orders", scope: "orders:read", module: "orders" },
      { key: "menu.order_new", to: "/orders/new", scope: "orders:submit", module: "orders" },
      { key: "menu.carts", to: "/carts", scope: "orders:submit", module: "orders" },
      { key: "menu.sales", to: "/sales", scope: "sell_out:write", module: "inventory" },
      { key: "menu.returns", to: "/returns", scope: "orders:read", module: "orders" },
    ],
  },
  {
    key: "menu.stock",
    icon: "stock",
    places: [
      { key: "menu.allocation", to: "/warehouse/allocation", scope: "orders:ship", module: "orders" },
      { key: "menu.shipments", to: "/shipments", scope: "orders:read", module: "orders" },
      { key: "menu.receive", to: "/warehouse/receive", scope: "orders:receive", module: "orders" },
      { key: "menu.stock_list", to: "/stock", scope: "stock:read", module: "inventory" },
      { key: "menu.counts", to: "/warehouse/counts", scope: "stock:read", module: "inventory" },
      { key: "menu.adjustments", to: "/warehouse/adjustments", scope: "stock:read", module: "inventory" },
      { key: "menu.transfers", to: "/warehouse/transfers", scope: "stock:read", module: "inventory" },
      { key: "menu.places", to: "/warehouse/places", scope: "stock:read", module: "inventory" },
    ],
  },
  {
    key: "menu.money",
    icon: "money",
    places: [
      { key: "menu.balances", to: "/balances", scope: "money:read", module: "receivables" },
      { key: "menu.receipts", to: "/receipts", scope: "money:read", module: "receivables" },
    ],
  },
  {
    key: "menu.insights",
    icon: "insights",
    places: [{ key: "menu.analysis", to: "/explore", scope: "metrics:read", module: "insights" }],
  },
  {
    key: "menu.settings",
    icon: "settings",
    places: [
      { key: "menu.imports", to: "/imports", scope: "imports:run", module: "integrations" },
      { key: "menu.jobs", to: "/jobs", scope: "jobs:use", module: "platform" },
      { key: "menu.users", to: "/users", scope: "users:read", module: "access" },
      { key: "menu.organization", to: "/settings/organization", scope: "settings:read", module: "access" },
      { key: "menu.roles", to: "/settings/roles", scope: "users:read", module: "access" },
      { key: "menu.options", to: "/settings/options", scope: "settings:read", module: "platform" },
      { key: "menu.fields", to: "/settings/fields", scope: "settings:read", module: "platform" },
      { key: "menu.modules", to: "/settings/modules", scope: "settings:read", module: "platform" },
      { key: "menu.clients", to: "/settings/clients", scope: "clients:write", module: "access" },
      { key: "menu.audit", to: "/settings/audit", scope: "audit:read", module: "platform" },
      { key: "menu.health", to: "/settings/health", scope: "system:read", module: "platform" },
      { key: "menu.sessions", to: "/sessions", scope: "session:use", module: "access" },
    ],
  },
];

/** The tasks with the places that these scopes open and no switched-off module closes. */
export function tasksFor(
  scopes: ReadonlySet<string>,
  modulesOff: ReadonlySet<string> = new Set(),
  isStaff = true,
): Task[] {
  return TASKS.map((task) => ({
    ...task,
    places: task.places.filter(
      (place) => scopes.has(place.scope) && !modulesOff.has(place.module) && !(place.isPartners && isStaff),
    ),
  })).filter((task) => task.places.length > 0);
}

/** The place an address belongs to: the longest one it starts with. */
export function placeOf(path: string): Place | undefined {
  return TASKS.flatMap((task) => task.places)
    .filter((place) => path === place.to || (place.to !== "/" && path.startsWith(`${place.to}/`)))
    .sort((one, other) => other.to.length - one.to.length)[0];
}
