import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { PriceCalendarOut, PriceListOut, ShownPriceOut } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const ids = [1, 2].map((place) => `019a0000-0000-7000-8000-00000000000${place}`);
const MANAGER = {
  ...SESSION,
  scopes: ["policies:read", "prices:read", "money:read", "exports:run", "session:use"],
};
const BASE = {
  id: ids[0],
  code: "BASE",
  name: "全国统一供货价",
  version_no: 1,
  state: "PUBLISHED",
  audience_words: "全部客户",
  valid_from: "2026-01-01",
  valid_to: "2026-12-01",
  publish_no: 1,
  ended_at: null,
  level: "BASE",
  allowed_actions: [],
} as unknown as PriceListOut;
const VIP = {
  ...BASE,
  id: ids[1] ?? "",
  code: "VIP",
  name: "苏州瑞丰专享",
  valid_to: null,
  audience_words: "1 家",
};
const of = ({ id, code, name, version_no }: PriceListOut) => ({ id, code, name, version_no });
const CALENDAR: PriceCalendarOut = {
  overlaps: [
    {
      wins: of(VIP),
      loses: of(BASE),
      from_day: "2026-11-01",
      to_day: "2026-12-01",
      reason: "WIDER_SCOPE",
      goods: 3,
      goods_named: ["天然泉水", "绿茶"],
      buyers: 1,
    },
  ],
  overlaps_left: 0,
  gaps: [{ after: of(BASE), from_day: "2026-12-01", to_day: null, goods: 2, goods_named: ["绿茶", "橙汁"] }],
};

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test("the calendar says who wins where two lists meet, why, and which goods nobody can order", async () => {
  const { asked } = showPage("/price-lists?view=calendar&start=2026-11-01&span=quarter", {
    "GET /session": MANAGER,
    "GET /price-lists": { items: [BASE, VIP], next_cursor: null },
    "GET /prices/calendar": CALENDAR,
  });

  expect(
    await screen.findByText(
      "11月1日 至 12月1日（不含）：两者都适用的客户和商品，以“苏州瑞丰专享”为准，不用“全国统一供货价”，因为层级、优先级相同，它的适用范围更窄。",
    ),
  ).toBeTruthy();
  expect(screen.getByText(/天然泉水、绿茶 等 3 种商品/)).toBeTruthy();
  expect(
    screen.getByText("12月1日 起：“全国统一供货价”到期后，绿茶、橙汁没有价格，适用的客户下不了单。"),
  ).toBeTruthy();
  expect(screen.getByText("2 种无价")).toBeTruthy(); // marked in the picture too
  expect(document.querySelectorAll(".calendar-lost")).toHaveLength(1);
  const search = asked.find(({ path }) => path === "/prices/calendar")?.search;
  expect([search?.get("from_day"), search?.get("to_day")]).toEqual(["2026-11-01", "2027-02-01"]);
});

const PRICE: ShownPriceOut = {
  sku_id: 7,
  sku_code: "W550",
  sku_name: "天然泉水",
  unit: "箱",
  unit_price: "46.8",
  currency: "CNY",
  list_code: "BASE",
  breaks: [{ from_quantity: "240", unit_price: "50" }],
  base_unit: "瓶",
  order_unit: "箱",
  units: [
    { unit: "箱", numerator: 24, denominator: 1 },
    { unit: "瓶", numerator: 1, denominator: 1 },
  ],
};

test("prices in force are shown per the unit that is chosen, rounded ones marked, and the address keeps it", async () => {
  const { router } = showPage("/prices", {
    "GET /session": { ...MANAGER, organization_kind: "DEALER" },
    "GET /prices": { items: [PRICE], next_cursor: null },
  });

  expect(await screen.findByText("¥46.80 / 箱")).toBeTruthy();
  const choice = screen.getByRole("radiogroup", { name: "计价单位" });
  fireEvent.click(within(choice).getByText("基本单位"));
  expect(await screen.findByText("¥1.95 / 瓶")).toBeTruthy();
  expect(router.state.location.search).toMatchObject({ per: "base" });
  expect(screen.getByText(/取的近似值/)).toBeTruthy();
});

test("balances are exported as they are filtered", async () => {
  const { asked } = showPage("/balances?overdue=true&seller=1", {
    "GET /session": MANAGER,
    "GET /balances": { items: [], next_cursor: null },
    "POST /exports/download": {},
  });
  vi.stubGlobal(
    "URL",
    Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined }),
  );
  fireEvent.click(await screen.findByRole("button", { name: /导出/ }));

  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    name: "balances",
    filters: { seller_id: "1", overdue: "true" },
    format: "xlsx",
  });
});
