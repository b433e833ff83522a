import type { ParseKeys } from "i18next";

/** One place in the menu; shown when the session has its scope. */
export interface Place {
  key: ParseKeys<"common">;
  to: string;
  scope: string;
}

export interface Task {
  key: ParseKeys<"common">;
  icon: "desk" | "partners" | "catalog" | "orders" | "stock" | "money" | "insights" | "settings";
  places: readonly Place[];
}

/** The menu by task, not by table. */
export const TASKS: readonly Task[] = [
  { key: "menu.desk", icon: "desk", places: [{ key: "menu.desk", to: "/", scope: "metrics:read" }] },
  {
    key: "menu.partners",
    icon: "partners",
    places: [{ key: "menu.partner_list", to: "/partners", scope: "partners:read" }],
  },
  {
    key: "menu.catalog",
    icon: "catalog",
    places: [
      { key: "menu.products", to: "/products", scope: "catalog:read" },
      { key: "menu.price_lists", to: "/price-lists", scope: "prices:read" },
    ],
  },
  {
    key: "menu.orders",
    icon: "orders",
    places: [
      { key: "menu.order_list", to: "/orders", scope: "orders:read" },
      { key: "menu.shipments", to: "/shipments", scope: "orders:read" },
      { key: "menu.returns", to: "/returns", scope: "orders:read" },
    ],
  },
  {
    key: "menu.stock",
    icon: "stock",
    places: [{ key: "menu.stock_list", to: "/stock", scope: "stock:read" }],
  },
  {
    key: "menu.money",
    icon: "money",
    places: [{ key: "menu.balances", to: "/balances", scope: "money:read" }],
  },
  {
    key: "menu.insights",
    icon: "insights",
    places: [{ key: "menu.analysis", to: "/analysis", scope: "metrics:read" }],
  },
  {
    key: "menu.settings",
    icon: "settings",
    places: [
      { key: "menu.imports", to: "/imports", scope: "imports:run" },
      { key: "menu.jobs", to: "/jobs", scope: "jobs:read" },
      { key: "menu.users", to: "/users", scope: "users:read" },
      { key: "menu.sessions", to: "/sessions", scope: "session:use" },
    ],
  },
];

/** The tasks with the places that these scopes open. */
export function tasksFor(scopes: ReadonlySet<string>): Task[] {
  return TASKS.map((task) => ({
    ...task,
    places: task.places.filter((place) => scopes.has(place.scope)),
  })).filter((task) => task.places.length > 0);
}

/** The place an address belongs to: the longest one it starts with. */
export function placeOf(path: string): Place | undefined {
  return TASKS.flatMap((task) => task.places)
    .filter((place) => path === place.to || (place.to !== "/" && path.startsWith(`${place.to}/`)))
    .sort((one, other) => other.to.length - one.to.length)[0];
}
