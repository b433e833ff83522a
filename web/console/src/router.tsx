import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import type { ComponentType } from "react";
import { sessionQuery } from "@/domains/access/session";
import { pagesSpeak } from "@/i18n/setup";
import { queries } from "@/queries";
import { Failed, Missing } from "@/routes/fallbacks";
import { Layout } from "@/shell/layout";
import { PageSkeleton } from "@/ui/states";
import { parseSearch, writeSearch } from "@/ui/use-filters";

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("@/routes/sign-in"), "SignInPage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Layout,
  beforeLoad: async ({ location }) => {
    const session = await queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in", search: { to: location.href } as never });
  },
});

/** Papers: signed in, but without the shell. */
const printed = createRoute({
  getParentRoute: () => root,
  id: "printed",
  component: Outlet,
  beforeLoad: inside.options.beforeLoad,
});

/** A page is loaded when somebody goes there, and its words with it. */
type Load = () => Promise<ComponentType>;
const lazily = (load: Load, words: () => Promise<void> = pagesSpeak) =>
  lazyRouteComponent(() => Promise.all([load(), words()]).then(([component]) => ({ default: component })));

const page = (path: string, load: Load, words?: () => Promise<void>) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    component: lazily(load, words),
    notFoundComponent: Missing,
  });

/** The list that most people open first has its words already. */
const noMore = () => Promise.resolve();

const pages = [
  page("/", () => import("@/routes/desk").then((it) => it.DeskPage)),
  page("/partners", () => import("@/routes/partners").then((it) => it.PartnersPage)),
  page("/partners/map", () => import("@/routes/partners").then((it) => it.PartnerMapPage)),
  page("/partners/tree", () => import("@/routes/partners").then((it) => it.PartnerTreePage)),
  page("/partners/$partnerId", () => import("@/routes/partner").then((it) => it.PartnerPage)),
  page("/partners/$partnerId/$section", () => import("@/routes/partner").then((it) => it.PartnerPage)),
  page("/company", () => import("@/routes/company").then((it) => it.CompanyPage)),
  page("/products", () => import("@/routes/products").then((it) => it.ProductsPage)),
  page("/products/scope", () => import("@/routes/products").then((it) => it.ScopePage)),
  page("/products/categories", () => import("@/routes/products").then((it) => it.CategoriesPage)),
  page("/products/$productId", () => import("@/routes/product").then((it) => it.ProductPage)),
  page("/prices", () => import("@/routes/prices").then((it) => it.PricesPage)),
  page("/price-lists", () => import("@/routes/price-lists").then((it) => it.PriceListsPage)),
  page("/price-lists/$versionId", () => import("@/routes/price-list").then((it) => it.PriceListPage)),
  page("/orders", () => import("@/routes/orders").then((it) => it.OrdersPage), noMore),
  page("/orders/new", () => import("@/routes/carts").then((it) => it.OrderNewPage)),
  page("/orders/$orderId", () => import("@/routes/order").then((it) => it.OrderPage)),
  page("/carts", () => import("@/routes/carts").then((it) => it.CartsPage)),
  page("/carts/$cartId", () => import("@/routes/carts").then((it) => it.CartPage)),
  page("/sales", () => import("@/routes/sales").then((it) => it.SalesPage)),
  page("/shipments", () => import("@/routes/shipments").then((it) => it.ShipmentsPage)),
  page("/returns", () => import("@/routes/returns").then((it) => it.ReturnsPage)),
  page("/explore", () => import("@/routes/explore").then((it) => it.ExplorePage)),
  page("/warehouse/allocation", () => import("@/routes/allocation").then((it) => it.AllocationPage)),
  page("/warehouse/pick", () => import("@/routes/pick").then((it) => it.PickPage)),
  page("/warehouse/shipments/$shipmentId", () => import("@/routes/shipment").then((it) => it.ShipmentPage)),
  page("/warehouse/receive", () => import("@/routes/receive").then((it) => it.ReceivePage)),
  page("/warehouse/receive/$shipmentId", () =>
    import("@/routes/receive-shipment").then((it) => it.ReceiveShipmentPage),
  ),
  page("/warehouse/counts", () => import("@/routes/counts").then((it) => it.CountsPage)),
  page("/warehouse/counts/new", () => import("@/routes/count-new").then((it) => it.CountNewPage)),
  page("/warehouse/counts/$countId", () => import("@/routes/count").then((it) => it.CountPage)),
  page("/warehouse/counts/$countId/entry", () => import("@/routes/count").then((it) => it.CountEntryPage)),
  page("/warehouse/adjustments", () => import("@/routes/adjustments").then((it) => it.AdjustmentsPage)),
  page("/warehouse/adjustments/new", () =>
    import("@/routes/adjustment-new").then((it) => it.AdjustmentNewPage),
  ),
  page("/warehouse/adjustments/$adjustmentId", () =>
    import("@/routes/adjustment").then((it) => it.AdjustmentPage),
  ),
  page("/warehouse/transfers", () => import("@/routes/transfers").then((it) => it.TransfersPage)),
  page("/warehouse/transfers/new", () => import("@/routes/transfer-new").then((it) => it.TransferNewPage)),
  page("/warehouse/transfers/$transferId", () => import("@/routes/transfer").then((it) => it.TransferPage)),
  page("/warehouse/places", () => import("@/routes/places").then((it) => it.PlacesPage)),
  page("/stock/card", () => import("@/routes/stock-card").then((it) => it.StockCardPage)),
  page("/stock", () => import("@/routes/stock").then((it) => it.StockPage)),
  page("/balances", () => import("@/routes/balances").then((it) => it.BalancesPage)),
  page("/receipts", () => import("@/routes/receipts").then((it) => it.ReceiptsPage)),
  page("/imports", () => import("@/routes/imports").then((it) => it.ImportsPage)),
  page("/imports/$importId", () => import("@/routes/import").then((it) => it.ImportPage)),
  page("/jobs", () => import("@/routes/jobs").then((it) => it.JobsPage)),
  page("/users", () => import("@/routes/users").then((it) => it.UsersPage)),
  page("/settings/organization", () => import("@/routes/organization").then((it) => it.OrganizationPage)),
  page("/settings/options", () => import("@/routes/options").then((it) => it.OptionsPage)),
  page("/settings/fields", () => import("@/routes/fields").then((it) => it.FieldsPage)),
  page("/settings/modules", () => import("@/routes/modules").then((it) => it.ModulesPage)),
  page("/settings/clients", () => import("@/routes/clients").then((it) => it.ClientsPage)),
  page("/settings/audit", () => import("@/routes/audit").then((it) => it.AuditPage)),
  page("/settings/health", () => import("@/routes/health").then((it) => it.HealthPage)),
  page("/settings/roles", () => import("@/routes/roles").then((it) => it.RolesPage)),
  page("/sessions", () => import("@/routes/sessions").then((it) => it.SessionsPage)),
];

/** Links from before the page was called so. */
const analysis = createRoute({
  getParentRoute: () => inside,
  path: "/analysis",
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/explore", search: search as never });
  },
});

const print = (path: string, load: Load) =>
  createRoute({ getParentRoute: () => printed, path, component: lazily(load) });

const papers = [
  print("/print/delivery", () => import("@/routes/print-delivery").then((it) => it.PrintDeliveryPage)),
  print("/print/statement", () => import("@/routes/print-statement").then((it) => it.PrintStatementPage)),
  print("/print/pick", () => import("@/routes/print-pick").then((it) => it.PrintPickPage)),
];

/** The console's routes on a history: the browser's, or a test's. */
export const routerOn = (history?: RouterHistory) =>
  createRouter({
    routeTree: root.addChildren([
      signIn,
      inside.addChildren([...pages, analysis]),
      printed.addChildren(papers),
    ]),
    history,
    parseSearch,
    stringifySearch: writeSearch as (search: Record<string, unknown>) => string,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: Failed,
    defaultPreload: "intent",
    scrollRestoration: false,
  });

export const router = routerOn();
