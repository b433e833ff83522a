import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { LineOut, OrderOut, OrderRow } from "@/gen/model";
import { ownField } from "@/testing/own-field";
import { SESSION, showPage } from "@/testing/show-page";

const ROW: OrderRow = {
  id: "019a0000-0000-7000-8000-000000000001",
  number: "XS20261123-0018",
  external_number: "",
  state: "CONFIRMED",
  seller_id: 1,
  seller_name: "沐禾食品饮料集团",
  buyer_id: 2,
  buyer_name: "苏州恒通食品商贸有限公司",
  currency: "CNY",
  gross_amount: "12345.60",
  line_count: 1,
  business_date: "2026-11-23",
  submitted_at: "2026-11-23T06:20:00Z",
  shipped_at: null,
  received_at: null,
  wanted_date: null,
  on_behalf: false,
  custom: {},
};

const LINE: LineOut = {
  line_no: 1,
  kind: "GOODS",
  sku_id: 7,
  sku_code: "MH00007",
  sku_name: "沐禾天然泉水 550ml",
  unit: "箱",
  entered_quantity: "3",
  ordered: "77",
  allocated: "72",
  backordered: "5",
  shipped: "0",
  received: "0",
  cancelled: "0",
  returned: "0",
  unit_price: "46.800000",
  gross_amount: "150.15",
  net_amount: "132.88",
  tax_amount: "17.27",
  tax_rate: "0.13",
  units: [
    { unit: "箱", numerator: 24, denominator: 1 },
    { unit: "瓶", numerator: 1, denominator: 1 },
  ],
  trace: {
    query: { currency: "CNY" },
    amount: "150.15",
    candidates: [
      {
        list: "JXS-2026",
        level: 3,
        from: "2026-10-01",
        to: null,
        unit: ["箱", 24, 1],
        price: "46.800000",
        reason: "WON",
      },
      {
        list: "BASE",
        level: 5,
        from: "2026-01-01",
        to: null,
        unit: ["箱", 24, 1],
        price: "52.000000",
        reason: "LOWER_LEVEL",
      },
    ],
  },
};

const ORDER: OrderOut = {
  ...ROW,
  net_amount: "10925.31",
  tax_amount: "1420.29",
  shortage_mode: "BACKORDER",
  steps_open: [],
  buyer_deadline_at: null,
  buyer_note: "",
  address: {},
  version: 1,
  lines: [LINE],
  holds: [],
  shipments: [],
  returns: [],
  timeline: [
    {
      id: 1,
      type: "order.submitted",
      user_id: 1,
      user_name: "王晓敏",
      effective_at: "2026-11-23T06:20:00Z",
      recorded_at: "2026-11-23T06:20:00Z",
      payload: {},
    },
  ],
  allowed_actions: ["cancel"],
};

const ANSWERS = {
  "GET /orders": { items: [ROW], next_cursor: null },
  "GET /orders/totals": { orders: 1, gross_amount: "12345.60" },
  [`GET /orders/${ROW.id}`]: ORDER,
};

afterEach(() => vi.unstubAllGlobals());

test("the list asks for what the address says and tells the sum of it", async () => {
  const { asked } = showPage("/orders?state=CONFIRMED&state=SHIPPED&until=2026-11-23&text=恒通", ANSWERS);

  expect(await screen.findByText("XS20261123-0018")).toBeTruthy();
  expect(await screen.findByText("共 1 张，合计 ¥12,345.60")).toBeTruthy();
  const list = asked.find(({ path }) => path === "/orders");
  expect(list?.search.getAll("state")).toEqual(["CONFIRMED", "SHIPPED"]);
  expect(list?.search.get("text")).toBe("恒通");
  expect(list?.search.get("date_until")).toBe("2026-11-24"); // the API counts until before that day
});

test("who may not export sees no button for it", async () => {
  showPage("/orders", ANSWERS);
  await screen.findByText("XS20261123-0018");
  expect(screen.queryByRole("button", { name: /导出/ })).toBeNull();
});

test("who may export has the button", async () => {
  showPage("/orders", {
    ...ANSWERS,
    "GET /session": { ...SESSION, scopes: [...SESSION.scopes, "exports:run"] },
  });
  expect(await screen.findByRole("button", { name: /导出/ })).toBeTruthy();
});

const KIND = ownField({
  entity: "order",
  code: "kind",
  label: "订单类型",
  kind: "CHOICE",
  choices: [
    { code: "FAIR", label: "展会" },
    { code: "DAILY", label: "日常" },
  ],
});

test("the brand's own fields are columns that can be hidden, and filters in the address", async () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: true,
    media: query,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const answers = {
    ...ANSWERS,
    "GET /orders": { items: [{ ...ROW, custom: { kind: "FAIR" } }], next_cursor: null },
    "PUT /session/settings/columns.orders": {},
    "GET /custom-fields": [KIND, { ...KIND, id: 5, code: "secret", label: "内部号", in_list: false }],
  };
  const { asked } = showPage("/orders?c.kind=FAIR", answers);

  expect(await screen.findByRole("columnheader", { name: "订单类型" })).toBeTruthy();
  expect(screen.getByRole("cell", { name: "展会" })).toBeTruthy();
  expect(screen.queryByRole("columnheader", { name: "内部号" })).toBeNull();
  expect(screen.getByRole("combobox", { name: "订单类型" })).toBeTruthy();
  const list = asked.filter(({ path }) => path === "/orders" || path === "/orders/totals");
  expect(list.map(({ search }) => search.getAll("custom"))).toEqual([["kind:FAIR"], ["kind:FAIR"]]);

  fireEvent.click(screen.getByRole("button", { name: /列/ }));
  fireEvent.click(await screen.findByRole("checkbox", { name: "订单类型" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "PUT")).toBe(true));
  expect(asked.find(({ method }) => method === "PUT")?.body).toMatchObject({ value: ["custom.kind"] });
});

test("on a phone the filters wait behind a button that says how many are set", async () => {
  showPage("/orders?state=CONFIRMED", ANSWERS);

  const more = await screen.findByRole("button", { name: /筛选（1）/ });
  expect(screen.getByRole("textbox", { name: /订单号/ })).toBeTruthy();
  expect(screen.queryByRole("combobox", { name: "状态" })).toBeNull();

  fireEvent.click(more);
  expect(screen.getByRole("combobox", { name: "状态" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /收起筛选/ }).getAttribute("aria-expanded")).toBe("true");
});

test("a line says its quantity in cases and bottles and why it has its price", async () => {
  showPage(`/orders/${ROW.id}`, ANSWERS);

  expect((await screen.findAllByText("3箱5瓶")).length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole("button", { name: "为什么" }));

  const drawer = await screen.findByRole("dialog");
  expect(within(drawer).getByText("JXS-2026")).toBeTruthy();
  expect(within(drawer).getByText("由它定价")).toBeTruthy();
  expect(within(drawer).getByText("层级较低")).toBeTruthy();
});

test("only the actions that the document allows are offered; canceling wants a reason and sends it once", async () => {
  const { asked } = showPage(`/orders/${ROW.id}`, {
    ...ANSWERS,
    [`POST /orders/${ROW.id}/cancel`]: { id: ROW.id, state: "CANCELLED" },
  });
  fireEvent.click(await screen.findByRole("button", { name: /更多/ }));
  expect(screen.queryByRole("button", { name: "出库" })).toBeNull();
  fireEvent.click(await screen.findByText("取消未出库部分"));

  const dialog = await screen.findByRole("dialog");
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", { name: "取消未出库部分" });
  expect(confirm.disabled).toBe(true);
  fireEvent.change(within(dialog).getByLabelText("原因"), { target: { value: "客户改单" } });
  fireEvent.click(confirm);

  await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1));
  const sent = asked.find(({ method }) => method === "POST");
  expect(sent?.path).toBe(`/orders/${ROW.id}/cancel`);
  expect(sent?.body).toMatchObject({ reason: "客户改单", lines: null });
});

test("allocating is called again where nothing lacks but a promised lot has expired", async () => {
  const address = `/orders/${ORDER.id}`;
  const lots = { ...ORDER, allowed_actions: ["allocate"], lines: [{ ...LINE, backordered: "0" }] };
  showPage(address, { ...ANSWERS, [`GET ${address}`]: lots });
  expect(await screen.findByRole("button", { name: "重新配货" })).toBeTruthy();
});

test("an order that is not there is told as such", async () => {
  showPage("/orders/019a0000-0000-7000-8000-00000000ffff", ANSWERS);

  expect((await screen.findByRole("alert")).textContent).toContain("没有找到");
});

test("a page outside the role says so instead of asking the server", async () => {
  const { asked } = showPage("/partners", ANSWERS);

  expect(await screen.findByText("您的角色不含这项权限。")).toBeTruthy();
  expect(asked.filter(({ path }) => path.startsWith("/partners"))).toEqual([]);
});

test("many are approved one by one: what was refused keeps its name and reason, the others stand", async () => {
  const first = { ...ROW, state: "SUBMITTED" as const };
  const second = { ...first, id: "019a0000-0000-7000-8000-000000000002", number: "XS20261123-0019" };
  const { asked } = showPage("/orders", {
    ...ANSWERS,
    "GET /session": { ...SESSION, scopes: [...SESSION.scopes, "orders:confirm"] },
    "GET /orders": {
      items: [first, second, { ...ROW, id: "019a0000-0000-7000-8000-000000000003", number: "XS3" }],
      next_cursor: null,
    },
    [`POST /orders/${first.id}/confirm`]: { id: first.id, state: "CONFIRMED" },
  });
  for (const number of ["XS20261123-0018", "XS20261123-0019", "XS3"])
    fireEvent.click(await screen.findByRole("checkbox", { name: number }));
  expect(screen.getByText("合计 ¥37,036.80")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "审核通过（2）" })); // the third is past that step

  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/另有 1 张/)).toBeTruthy();
  expect(asked.some(({ method }) => method === "POST")).toBe(false); // first said, then done
  fireEvent.click(within(dialog).getByRole("button", { name: "审核通过（2）" }));
  expect(await within(dialog).findByText("完成 1 张")).toBeTruthy();
  expect(within(dialog).getByText("未完成 1 张")).toBeTruthy();
  expect(within(dialog).getByText("现为待出库")).toBeTruthy();
  const refused = within(dialog)
    .getByText(/XS20261123-0019/)
    .closest("li");
  expect(refused?.textContent).toContain("没有找到");
  expect(asked.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body])).toEqual([
    [`/orders/${first.id}/confirm`, { step: "CONFIRM" }],
    [`/orders/${second.id}/confirm`, { step: "CONFIRM" }],
  ]);
});

test("what was chosen and left the list is not exported: without an id it would be all orders", async () => {
  const row = { ...ROW, id: "a1", state: "SUBMITTED", number: "XS20261123-0018" };
  const { asked } = showPage("/orders", {
    ...ANSWERS,
    "GET /session": { ...SESSION, scopes: [...SESSION.scopes, "orders:confirm", "exports:run"] },
    "GET /orders": () => ({
      items: asked.some(({ method }) => method === "POST") ? [] : [row],
      next_cursor: null,
    }),
  });
  fireEvent.click(await screen.findByRole("checkbox", { name: row.number }));
  expect(screen.getByRole("button", { name: /导出所选明细/ })).toBeTruthy();

  fireEvent.click(screen.getByRole("button", { name: "审核通过（1）" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("button", { name: "审核通过（1）" }));
  expect(await within(dialog).findByText("未完成 1 张")).toBeTruthy(); // somebody else was faster

  await waitFor(() => expect(screen.queryByRole("checkbox", { name: row.number })).toBeNull());
  expect(screen.queryByRole("button", { name: /导出所选/ })).toBeNull();
});

test("a buyer sees until when an order placed for it waits, and agrees", async () => {
  const { asked } = showPage(`/orders/${ROW.id}`, {
    ...ANSWERS,
    [`GET /orders/${ROW.id}`]: {
      ...ORDER,
      state: "AWAITING_BUYER",
      buyer_deadline_at: "2026-11-25T06:20:00Z",
      allowed_actions: ["confirm_as_buyer", "refuse_as_buyer"],
    },
    [`POST /orders/${ROW.id}/buyer-confirm`]: { id: ROW.id, state: "SUBMITTED" },
  });
  expect(await screen.findByText(/请在 11月25日 14:20 前答复/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "确认这张订单" }));

  await waitFor(() =>
    expect(asked.some(({ path, method }) => method === "POST" && path.endsWith("/buyer-confirm"))).toBe(true),
  );
});
