import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery } from "@/domains/access/session";
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

const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component, notFoundComponent: Missing });

const pages = [
  page(
    "/",
    lazyRouteComponent(() => import("@/routes/desk"), "DeskPage"),
  ),
  page(
    "/partners",
    lazyRouteComponent(() => import("@/routes/partners"), "PartnersPage"),
  ),
  page(
    "/partners/map",
    lazyRouteComponent(() => import("@/routes/partners"), "PartnerMapPage"),
  ),
  page(
    "/partners/tree",
    lazyRouteComponent(() => import("@/routes/partners"), "PartnerTreePage"),
  ),
  page(
    "/partners/$partnerId",
    lazyRouteComponent(() => import("@/routes/partner"), "PartnerPage"),
  ),
  page(
    "/partners/$partnerId/$section",
    lazyRouteComponent(() => import("@/routes/partner"), "PartnerPage"),
  ),
  page(
    "/products",
    lazyRouteComponent(() => import("@/routes/products"), "ProductsPage"),
  ),
  page(
    "/products/scope",
    lazyRouteComponent(() => import("@/routes/products"), "ScopePage"),
  ),
  page(
    "/products/categories",
    lazyRouteComponent(() => import("@/routes/products"), "CategoriesPage"),
  ),
  page(
    "/products/$productId",
    lazyRouteComponent(() => import("@/routes/product"), "ProductPage"),
  ),
  page(
    "/prices",
    lazyRouteComponent(() => import("@/routes/prices"), "PricesPage"),
  ),
  page(
    "/price-lists",
    lazyRouteComponent(() => import("@/routes/price-lists"), "PriceListsPage"),
  ),
  page(
    "/price-lists/$versionId",
    lazyRouteComponent(() => import("@/routes/price-list"), "PriceListPage"),
  ),
  page(
    "/orders",
    lazyRouteComponent(() => import("@/routes/orders"), "OrdersPage"),
  ),
  page(
    "/orders/$orderId",
    lazyRouteComponent(() => import("@/routes/order"), "OrderPage"),
  ),
  page(
    "/shipments",
    lazyRouteComponent(() => import("@/routes/shipments"), "ShipmentsPage"),
  ),
  page(
    "/returns",
    lazyRouteComponent(() => import("@/routes/returns"), "ReturnsPage"),
  ),
  page(
    "/analysis",
    lazyRouteComponent(() => import("@/routes/analysis"), "AnalysisPage"),
  ),
  page(
    "/warehouse/allocation",
    lazyRouteComponent(() => import("@/routes/allocation"), "AllocationPage"),
  ),
  page(
    "/warehouse/pick",
    lazyRouteComponent(() => import("@/routes/pick"), "PickPage"),
  ),
  page(
    "/warehouse/shipments/$shipmentId",
    lazyRouteComponent(() => import("@/routes/shipment"), "ShipmentPage"),
  ),
  page(
    "/warehouse/receive",
    lazyRouteComponent(() => import("@/routes/receive"), "ReceivePage"),
  ),
  page(
    "/warehouse/receive/$shipmentId",
    lazyRouteComponent(() => import("@/routes/receive-shipment"), "ReceiveShipmentPage"),
  ),
  page(
    "/warehouse/counts",
    lazyRouteComponent(() => import("@/routes/counts"), "CountsPage"),
  ),
  page(
    "/warehouse/counts/new",
    lazyRouteComponent(() => import("@/routes/count-new"), "CountNewPage"),
  ),
  page(
    "/warehouse/counts/$countId",
    lazyRouteComponent(() => import("@/routes/count"), "CountPage"),
  ),
  page(
    "/warehouse/counts/$countId/entry",
    lazyRouteComponent(() => import("@/routes/count"), "CountEntryPage"),
  ),
  page(
    "/warehouse/adjustments",
    lazyRouteComponent(() => import("@/routes/adjustments"), "AdjustmentsPage"),
  ),
  page(
    "/warehouse/adjustments/new",
    lazyRouteComponent(() => import("@/routes/adjustment-new"), "AdjustmentNewPage"),
  ),
  page(
    "/warehouse/adjustments/$adjustmentId",
    lazyRouteComponent(() => import("@/routes/adjustment"), "AdjustmentPage"),
  ),
  page(
    "/warehouse/transfers",
    lazyRouteComponent(() => import("@/routes/transfers"), "TransfersPage"),
  ),
  page(
    "/warehouse/transfers/new",
    lazyRouteComponent(() => import("@/routes/transfer-new"), "TransferNewPage"),
  ),
  page(
    "/warehouse/transfers/$transferId",
    lazyRouteComponent(() => import("@/routes/transfer"), "TransferPage"),
  ),
  page(
    "/warehouse/places",
    lazyRouteComponent(() => import("@/routes/places"), "PlacesPage"),
  ),
  page(
    "/stock/card",
    lazyRouteComponent(() => import("@/routes/stock-card"), "StockCardPage"),
  ),
  page(
    "/stock",
    lazyRouteComponent(() => import("@/routes/stock"), "StockPage"),
  ),
  page(
    "/balances",
    lazyRouteComponent(() => import("@/routes/balances"), "BalancesPage"),
  ),
  page(
    "/imports",
    lazyRouteComponent(() => import("@/routes/imports"), "ImportsPage"),
  ),
  page(
    "/imports/$importId",
    lazyRouteComponent(() => import("@/routes/import"), "ImportPage"),
  ),
  page(
    "/jobs",
    lazyRouteComponent(() => import("@/routes/jobs"), "JobsPage"),
  ),
  page(
    "/users",
    lazyRouteComponent(() => import("@/routes/users"), "UsersPage"),
  ),
  page(
    "/settings/organization",
    lazyRouteComponent(() => import("@/routes/organization"), "OrganizationPage"),
  ),
  page(
    "/settings/options",
    lazyRouteComponent(() => import("@/routes/options"), "OptionsPage"),
  ),
  page(
    "/settings/fields",
    lazyRouteComponent(() => import("@/routes/fields"), "FieldsPage"),
  ),
  page(
    "/settings/modules",
    lazyRouteComponent(() => import("@/routes/modules"), "ModulesPage"),
  ),
  page(
    "/settings/clients",
    lazyRouteComponent(() => import("@/routes/clients"), "ClientsPage"),
  ),
  page(
    "/settings/audit",
    lazyRouteComponent(() => import("@/routes/audit"), "AuditPage"),
  ),
  page(
    "/settings/health",
    lazyRouteComponent(() => import("@/routes/health"), "HealthPage"),
  ),
  page(
    "/settings/roles",
    lazyRouteComponent(() => import("@/routes/roles"), "RolesPage"),
  ),
  page(
    "/sessions",
    lazyRouteComponent(() => import("@/routes/sessions"), "SessionsPage"),
  ),
];

const print = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => printed, path, component });

const papers = [
  print(
    "/print/delivery",
    lazyRouteComponent(() => import("@/routes/print-delivery"), "PrintDeliveryPage"),
  ),
  print(
    "/print/pick",
    lazyRouteComponent(() => import("@/routes/print-pick"), "PrintPickPage"),
  ),
];

/** The console's routes on a history: the browser's, or a test's. */
export const routerOn = (history?: RouterHistory) =>
  createRouter({
    routeTree: root.addChildren([signIn, inside.addChildren(pages), printed.addChildren(papers)]),
    history,
    parseSearch,
    stringifySearch: writeSearch as (search: Record<string, unknown>) => string,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: Failed,
    defaultPreload: "intent",
    scrollRestoration: false,
  });

export const router = routerOn();
