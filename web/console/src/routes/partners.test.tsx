import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { PartnerFiguresOut, PartnerOut, PartnerPageOut, PartnerTotalsOut } from "@/gen/model";
import { ownField } from "@/testing/own-field";
import { SESSION, showPage } from "@/testing/show-page";

const PARTNER: PartnerOut = {
  id: 28,
  code: "D0022",
  name: "苏州顺达供应链管理有限公司",
  short_name: "顺达",
  kind: "DISTRIBUTOR",
  status: "ACTIVE",
  tier: "A",
  tags: ["冷链"],
  channel: "KA",
  region_code: "320500",
  province: "江苏省",
  city: "苏州市",
  district: "",
  address: "中山路335号",
  phone: "17000186563",
  uscc: "913205000017421886",
  uscc_is_legacy: false,
  parent_id: 3,
  parent_name: "华东大区",
  default_seller_id: 1,
  custom: {},
  version: 4,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  allowed_actions: ["update", "add_contract", "freeze", "end"],
};
const FIGURES: PartnerFiguresOut = {
  partner_id: 28,
  net_sales: "10242.30",
  net_sales_before: "10539.65",
  net_sales_growth: "-0.028",
  open_orders: 3,
  latest_order_on: "2026-11-23",
  currency: "CNY",
  balance: "-500.00",
  available: "4500.00",
  stock_units: "900",
  days_of_cover: "50.5",
};
const TOTALS: PartnerTotalsOut = {
  total: 1,
  by_status: { ACTIVE: 1 },
  by_kind: { DISTRIBUTOR: 1 },
  by_tier: { A: 1, B: 2 },
  by_province: { 江苏省: 1 },
  by_tag: { 冷链: 1 },
};
const PAGE: PartnerPageOut = { ...PARTNER, contacts: [], addresses: [], contracts: [] };
const STAFF = [
  "partners:read",
  "partners:write",
  "contacts:write",
  "organizations:read",
  "metrics:read",
  "session:use",
];

const answers = (
  scopes: readonly string[],
  more: Record<string, object | ((body: unknown) => object)> = {},
) => ({
  "GET /session": { ...SESSION, scopes: [...scopes] },
  "GET /partners": { items: [PARTNER], next_cursor: null },
  "GET /partners/totals": TOTALS,
  "GET /partners/figures": [FIGURES],
  "GET /partners/28": PAGE,
  "GET /organizations": { items: [], next_cursor: null },
  "GET /custom-fields": [],
  "GET /settings/personal": {},
  "GET /personal-settings": {},
  ...more,
});

test("a page of partners has its figures from one call", async () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: true,
    media: query,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const { asked } = showPage("/partners", answers(STAFF));

  const row = (await screen.findByText(PARTNER.name)).closest("tr") ?? document.body;
  expect(await within(row).findByText("¥10,242.30")).toBeTruthy();
  expect(within(row).getByText("3")).toBeTruthy();
  expect(within(row).getByText("¥4,500.00")).toBeTruthy();
  expect(within(row).getByText("51 天")).toBeTruthy();
  expect(asked.filter(({ path }) => path === "/partners/figures")).toHaveLength(1);
  expect(asked.find(({ path }) => path === "/partners/figures")?.search.getAll("id")).toEqual(["28"]);
});

test("what is filtered stands in the address and is asked of the server", async () => {
  const { asked } = showPage("/partners?gap=REGION_MISSING&tag=冷链&kind=STORE", answers(STAFF));

  await screen.findByText(PARTNER.name);
  const list = asked.find(({ path }) => path === "/partners");
  expect(Object.fromEntries(list?.search ?? [])).toMatchObject({
    gap: "REGION_MISSING",
    tag: "冷链",
    kind: "STORE",
  });
});

test("the brand's own fields narrow the list and its count", async () => {
  const cold = ownField({ entity: "partner", code: "cold", label: "有冷库", kind: "BOOLEAN" });
  const { asked } = showPage("/partners?c.cold=true", answers(STAFF, { "GET /custom-fields": [cold] }));

  await screen.findByText(PARTNER.name);
  expect(await screen.findByRole("combobox", { name: "有冷库" })).toBeTruthy();
  const lists = asked.filter(({ path }) => path === "/partners");
  expect(lists.map(({ search }) => search.getAll("custom"))).toEqual([["cold:true"]]);
  expect(
    asked.some(({ path, search }) => path === "/partners/totals" && search.get("custom") === "cold:true"),
  ).toBe(true);
});

test("chosen partners are frozen with one reason, and who was refused is named", async () => {
  const bulk = vi.fn((_body: unknown) => [
    { partner_id: 28, name: PARTNER.name, changed: false, code: "kernel.wrong_state", detail: "x" },
  ]);
  showPage("/partners", answers(STAFF, { "POST /partners/bulk": bulk }));

  fireEvent.click(await screen.findByRole("checkbox", { name: PARTNER.name }));
  fireEvent.click(screen.getByRole("button", { name: "冻结" }));
  const dialog = await screen.findByRole("dialog");
  const go = within(dialog).getByRole("button", { name: "更改 1 家" });
  expect(go.hasAttribute("disabled")).toBe(true);
  fireEvent.change(within(dialog).getByRole("textbox"), { target: { value: "年检未过" } });
  fireEvent.click(go);

  expect(await screen.findByText("1 家未能更改")).toBeTruthy();
  expect(bulk).toHaveBeenCalledWith({ partner_ids: [28], status: "FROZEN", reason: "年检未过" });
});

test("a reader without rights to write sees no buttons that write", async () => {
  showPage(
    "/partners",
    answers(["partners:read", "session:use"], {
      "GET /partners": { items: [{ ...PARTNER, allowed_actions: [] }], next_cursor: null },
    }),
  );

  await screen.findByText(PARTNER.name);
  expect(screen.queryByRole("button", { name: "新建伙伴" })).toBeNull();
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("a partner's page has the tabs its reader may open", async () => {
  showPage(
    "/partners/28",
    answers(["partners:read", "session:use", "orders:read"], {
      "GET /partners/28": { ...PAGE, allowed_actions: [] },
      "GET /partners/28/licences": [],
    }),
  );

  await screen.findByRole("tab", { name: "资料" });
  expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual([
    "资料",
    "联系人与地址",
    "合同",
    "订单",
    "全景时间线",
    "评论",
  ]);
  expect(screen.queryByRole("button", { name: "编辑" })).toBeNull();
});

test("ending a partner says what stays open before it asks for the reason", async () => {
  showPage("/partners/28", answers(STAFF, { "GET /partners/28/licences": [] }));

  fireEvent.click(await screen.findByRole("button", { name: /更多/ }));
  fireEvent.click(await screen.findByText("终止合作"));
  const dialog = await screen.findByRole("dialog");

  expect(await within(dialog).findByText("有 3 张未完订单，会照常发货、收货。")).toBeTruthy();
  expect(within(dialog).getByText("往来余额 -¥500.00 仍在账上，请另行结清。")).toBeTruthy();
  expect(within(dialog).getByText("它的人员不能再登录。")).toBeTruthy();
});

test("a wrong credit code is told while it is typed", async () => {
  showPage("/partners/28", answers(STAFF, { "GET /partners/28/licences": [] }));

  fireEvent.click((await screen.findAllByRole("button", { name: "编辑" }))[0] as HTMLElement);
  const field = await screen.findByLabelText("统一社会信用代码");
  vi.mocked(globalThis.fetch).mockImplementation(
    async () =>
      new Response(
        JSON.stringify({
          code: "partners.uscc_invalid",
          status: 422,
          title: "",
          detail: "",
          remedy: "",
          facts: { because: "checksum", expected: "7" },
          fields: [],
          reference: "r",
        }),
        { status: 422, headers: { "Content-Type": "application/problem+json" } },
      ),
  );
  fireEvent.change(field, { target: { value: "913205000017421880" } });

  expect(
    await screen.findByText("若前 17 位无误，最后一位应为 7", undefined, { timeout: 4000 }),
  ).toBeTruthy();
  await waitFor(() =>
    expect(screen.getByRole("button", { name: "保存" }).hasAttribute("disabled")).toBe(true),
  );
});
