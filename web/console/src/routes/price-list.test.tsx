import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { ConsequencesOut, PriceListPageOut, SheetOut } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const ID = "019a0000-0000-7000-8000-000000000001";
const VERSION: PriceListPageOut = {
  id: ID,
  kind: "price_list",
  code: "TIER-A",
  name: "A级经销商供货价",
  version_no: 2,
  state: "DRAFT",
  seller_id: 1,
  seller_name: "沐禾食品饮料集团",
  audience: { tiers: ["A"] },
  audience_words: "A级",
  late_joiners: true,
  width: null,
  valid_from: "2026-12-01",
  valid_to: null,
  digest: "",
  publish_no: null,
  supersedes_id: null,
  created_by: 2,
  created_at: "2026-11-28T01:00:00Z",
  approved_by: null,
  approved_at: null,
  published_by: null,
  published_at: null,
  ended_at: null,
  version: 3,
  allowed_actions: ["edit", "approve", "discard", "succeed"],
  level: "GROUP",
  currency: "CNY",
  priority: 0,
  project: "",
  row_count: 1,
};
const SHEET: SheetOut = {
  version: 3,
  before_id: null,
  rows: [{ sku_id: 7, unit: "箱", unit_price: "46.8", breaks: [], floor_price: "40", price_before: "45" }],
  goods: [
    {
      sku_id: 7,
      code: "W550",
      name: "天然泉水",
      specification: "",
      initials: "trqs",
      status: "ACTIVE",
      base_unit: "瓶",
      order_unit: "箱",
      units: [
        { unit: "箱", numerator: 24, denominator: 1 },
        { unit: "瓶", numerator: 1, denominator: 1 },
      ],
    },
  ],
};
const WEIGHT: ConsequencesOut = {
  partners: 57,
  starts_on: "2026-12-01",
  days: 90,
  currency: "CNY",
  active_buyers: 12,
  amount: "100000.00",
  change: "-2500.50",
  changed_prices: 9,
  open_carts: 3,
  open_orders: 4,
  buyers: [],
  ends: [{ id: ID, version_no: 1, valid_from: "2026-11-01", valid_to: null }],
};
const ANSWERS = {
  [`GET /price-lists/${ID}`]: VERSION,
  [`GET /price-lists/${ID}/sheet`]: SHEET,
  [`GET /price-lists/${ID}/consequences`]: WEIGHT,
};

beforeEach(() => {
  localStorage.clear();
  SESSION.scopes = ["policies:read", "policies:write", "policies:approve", "prices:read", "session:use"];
});
afterEach(() => vi.unstubAllGlobals());

/** The field over the active cell, after the cell of the price was chosen. */
async function choosePrice(): Promise<HTMLInputElement> {
  const grid = await screen.findByRole("grid");
  const cell = (await within(grid).findAllByRole("gridcell")).find(
    (one) => one.dataset.row === "0" && one.dataset.column === "2",
  );
  if (!cell) throw new Error("no price cell");
  fireEvent.mouseDown(cell);
  return screen.findByRole("combobox", { name: /第 1 行 单价/ });
}

test("a price that is typed is kept at once and saved by the version that was read", async () => {
  const { asked } = showPage(`/price-lists/${ID}`, {
    ...ANSWERS,
    [`POST /price-lists/${ID}/sheet`]: {
      version: 4,
      written: 1,
      removed: 0,
      saved_at: "2026-11-28T02:00:00Z",
    },
  });
  const field = await choosePrice();

  fireEvent.change(field, { target: { value: "４８．５" } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(await screen.findByText("1 行未保存，已暂存本机")).toBeTruthy();
  await waitFor(() => expect(Object.values(localStorage).join()).toContain("48.5"));
  fireEvent.click(screen.getByRole("button", { name: /保存/ }));

  await screen.findByText(/已保存 ·/);
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    version: 3,
    put: [{ sku_id: 7, unit: "箱", unit_price: "48.5", breaks: [], floor_price: "40" }],
    remove: [],
  });
  await waitFor(() => expect(Object.values(localStorage).join()).not.toContain("48.5"));
});

test("a price below its floor is said in words and not sent", async () => {
  const { asked } = showPage(`/price-lists/${ID}`, ANSWERS);
  const field = await choosePrice();

  fireEvent.change(field, { target: { value: "39" } });
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.keyDown(field, { key: "ArrowUp" });
  expect(await screen.findByText("第 1 行 单价（含税）：低于底价 40")).toBeTruthy();
  expect(screen.getByText("1 行有错误，改正后才会保存")).toBeTruthy();
  fireEvent.keyDown(field, { key: "s", ctrlKey: true });

  expect(asked.filter(({ method }) => method === "POST")).toEqual([]);
});

test("before approving it is said whom it reaches, from when, and what the same goods would cost", async () => {
  const { asked } = showPage(`/price-lists/${ID}`, {
    ...ANSWERS,
    [`POST /price-lists/${ID}/approve`]: { ...VERSION, state: "APPROVED" },
  });
  fireEvent.click(await screen.findByRole("button", { name: "审批通过" }));

  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByText("对 57 家客户生效")).toBeTruthy();
  expect(within(dialog).getByText("3 个未提交的购物车会重新计价")).toBeTruthy();
  expect(within(dialog).getByText("4 张未完成的订单保持原价")).toBeTruthy();
  expect(within(dialog).getByText("-¥2,500.50")).toBeTruthy();
  fireEvent.click(within(dialog).getByRole("button", { name: "审批通过" }));
  await waitFor(() => expect(asked.some(({ path }) => path.endsWith("/approve"))).toBe(true));
});

test("a published version is read, not edited, and offers its successor", async () => {
  showPage(`/price-lists/${ID}`, {
    ...ANSWERS,
    [`GET /price-lists/${ID}`]: { ...VERSION, state: "PUBLISHED", width: 57, allowed_actions: ["succeed"] },
  });

  expect((await screen.findByRole("grid")).getAttribute("aria-readonly")).toBe("true");
  expect(screen.getByRole("button", { name: "修订" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /保存/ })).toBeNull();
});
