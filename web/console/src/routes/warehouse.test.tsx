import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { SharingOut, ShipmentPaperOut, WaitingOut } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const KEEPER = {
  ...SESSION,
  scopes: [
    "orders:read",
    "orders:ship",
    "orders:receive",
    "stock:read",
    "stock:write",
    "files:read",
    "files:write",
  ],
};
const ORDER = "019a0000-0000-7000-8000-000000000001";
const OTHER = "019a0000-0000-7000-8000-000000000002";
const SHIPMENT = "019a0000-0000-7000-8000-0000000000aa";

const WAITING: WaitingOut = {
  id: ORDER,
  number: "XS20261123-0018",
  state: "CONFIRMED",
  steps_open: [],
  buyer_id: 2,
  buyer_name: "苏州恒通食品商贸有限公司",
  currency: "CNY",
  gross_amount: "770.00",
  submitted_at: "2026-11-23T06:20:00Z",
  wanted_date: null,
  waiting_days: 3,
  urgency: "LATE",
  buyer_note: "",
  lines_ready: 2,
  lines_short: 1,
  lines_shipped: 0,
  lines_expired: 0,
  places: [{ warehouse_id: 7, warehouse_name: "苏州仓", lines: 2 }],
};
const UNAPPROVED: WaitingOut = {
  ...WAITING,
  id: OTHER,
  number: "XS20261123-0019",
  steps_open: ["CONFIRM"],
  lines_short: 0,
};

const PAPER: ShipmentPaperOut = {
  id: SHIPMENT,
  number: "CK20261128-0003",
  order_id: ORDER,
  order_number: "XS20261123-0018",
  warehouse_id: 7,
  warehouse_name: "",
  seller_id: 1,
  seller_name: "沐禾食品饮料集团",
  buyer_id: 2,
  buyer_name: "苏州恒通食品商贸有限公司",
  state: "SHIPPED",
  shipped_at: "2026-11-28T06:20:00Z",
  received_at: null,
  note: "",
  lines: 1,
  differences: 0,
  waybills: [],
  currency: "CNY",
  gross_amount: "770.00",
  external_number: "",
  address: { city: "苏州市", street: "工业园区1号", contact_name: "陈丽" },
  buyer_note: "",
  shipped_by: "周建国",
  received_by: "",
  goods: [
    {
      line_no: 1,
      sku_id: 9,
      sku_code: "W550",
      sku_name: "天然泉水",
      specification: "550ml",
      base_unit: "瓶",
      units: [
        { unit: "箱", numerator: 24, denominator: 1 },
        { unit: "瓶", numerator: 1, denominator: 1 },
      ],
      shipped: "77",
      shipped_text: "3箱5瓶",
      received: null,
      received_text: "",
      reason: "",
      reason_note: "",
      gross_amount: "770.00",
      lots: [],
    },
  ],
  allowed_actions: ["receive"],
};

const SHARING: SharingOut = {
  shortage: {
    sku_id: 9,
    sku_code: "W550",
    sku_name: "天然泉水",
    backordered: "180",
    backordered_text: "15箱",
    orders: 2,
    oldest_at: "2026-11-23T06:20:00Z",
    waiting_days: 5,
    on_hand: "100",
    on_hand_text: "8箱4瓶",
    held: "0",
    held_text: "0瓶",
    available: "100",
    available_text: "8箱4瓶",
    incoming: "0",
    incoming_text: "0瓶",
    covered: false,
  },
  pack_unit: "箱",
  pack_size: "12",
  shared: "96",
  shared_text: "8箱",
  left: "4",
  left_text: "4瓶",
  waiters: [
    {
      order_id: ORDER,
      line_no: 1,
      number: "XS20261123-0018",
      state: "CONFIRMED",
      buyer_id: 2,
      buyer_name: "苏州恒通",
      submitted_at: "2026-11-23T06:20:00Z",
      wanted_date: null,
      waiting_days: 5,
      urgency: "LATE",
      ordered_text: "8箱",
      allocated_text: "0瓶",
      backordered: "96",
      backordered_text: "8箱",
      share: "48",
      share_text: "4箱",
      share_quota: "4.27",
      share_packs: 4,
      because: "PRO_RATA",
    },
  ],
};

const answers = {
  "GET /session": KEEPER,
  "GET /warehouses": { items: [], next_cursor: null },
  "GET /files": [],
  "GET /fulfilment/waiting": { items: [WAITING, UNAPPROVED], next_cursor: null },
  "GET /fulfilment/waiting/totals": { ready: 1, short: 1, steps: 1, late: 1 },
};

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test("many orders are shipped one call each; what is refused keeps its reason and the rest goes on", async () => {
  const second = { ...WAITING, id: OTHER, number: "XS20261123-0020" };
  const { asked } = showPage("/warehouse/allocation", {
    ...answers,
    "GET /fulfilment/waiting": { items: [WAITING, second], next_cursor: null },
    [`POST /orders/${OTHER}/ship`]: { id: SHIPMENT, number: "CK20261128-0003" },
  });
  fireEvent.click(await screen.findByRole("checkbox", { name: "选择 XS20261123-0018" }));
  fireEvent.click(screen.getByRole("checkbox", { name: "选择 XS20261123-0020" }));
  fireEvent.click(screen.getByRole("button", { name: "发货（2 张出库单）" }));
  fireEvent.click(
    within(await screen.findByRole("dialog")).getByRole("button", { name: "发货（2 张出库单）" }),
  );

  expect(await screen.findByText("已发出，出库单 CK20261128-0003")).toBeTruthy();
  expect(await screen.findByText("未完成 1 张")).toBeTruthy();
  expect(screen.getByText("完成 1 张")).toBeTruthy();
  const sent = asked.filter(({ method }) => method === "POST");
  expect(sent.map(({ path }) => path)).toEqual([`/orders/${ORDER}/ship`, `/orders/${OTHER}/ship`]);
  expect(sent[0]?.body).toMatchObject({ warehouse_id: 7, lines: null });
  expect(screen.getByRole("link", { name: /出库单/ }).getAttribute("href")).toBe(
    `/print/delivery?id=${SHIPMENT}`,
  );

  // Trying again sends only what was left, under the id it had.
  fireEvent.click(screen.getByRole("button", { name: "重试未完成的 1 张" }));
  await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(3));
  const again = asked.filter(({ method }) => method === "POST")[2];
  expect(again?.path).toBe(`/orders/${ORDER}/ship`);
  expect(again?.body).toEqual(sent[0]?.body);
});

test("an order that is not approved is not offered for shipping", async () => {
  showPage("/warehouse/allocation", answers);
  fireEvent.click(await screen.findByRole("checkbox", { name: "选择 XS20261123-0019" }));

  expect(screen.getByRole<HTMLButtonElement>("button", { name: "发货（0 张出库单）" }).disabled).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "配货（0 张缺货）" }).disabled).toBe(true);
});

test("an order whose promised lot has expired says so and is allocated again", async () => {
  const expired = { ...WAITING, lines_short: 0, lines_expired: 1 };
  const { asked } = showPage("/warehouse/allocation", {
    ...answers,
    "GET /fulfilment/waiting": { items: [expired], next_cursor: null },
    [`POST /orders/${ORDER}/allocate`]: { lines: { "1": "8" } },
  });
  fireEvent.click(await screen.findByRole("checkbox", { name: "选择 XS20261123-0018" }));
  expect(screen.getByText("1 行批次已过期")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "重新配货（1 张）" }));

  expect(await screen.findByText("配到 1 行")).toBeTruthy();
  expect(asked.some(({ path }) => path === `/orders/${ORDER}/allocate`)).toBe(true);
});

test("a pick list names the expired lot and the order that must be allocated again", async () => {
  const line = {
    sku_id: 9,
    sku_code: "W550",
    sku_name: "天然泉水",
    specification: "550ml",
    units: "8",
    units_text: "8瓶",
    lots: [
      {
        lot: "2026-11-01/A",
        batch: "A",
        expires_on: "2026-11-01",
        has_expired: true,
        units: "8",
        units_text: "8瓶",
      },
    ],
    parts: [{ order_id: ORDER, line_no: 1, units: "8", units_text: "8瓶" }],
  };
  const order = {
    id: ORDER,
    number: "XS20261123-0018",
    buyer_name: "苏州恒通食品商贸有限公司",
    address: {},
    buyer_note: "",
    wanted_date: null,
    may_ship: true,
    lines: 1,
    lines_expired: 1,
  };
  showPage(`/warehouse/pick?warehouse=7&order=${ORDER}`, {
    ...answers,
    "GET /fulfilment/pick-list": {
      warehouse_id: 7,
      warehouse_name: "苏州仓",
      orders: [order],
      lines: [line],
    },
  });
  expect(await screen.findByText("批次已过期，请重新配货")).toBeTruthy();
  expect(screen.getByText("1 行批次已过期，请重新配货")).toBeTruthy();
});

test("a fair share says why and is promised order by order", async () => {
  const { asked } = showPage("/warehouse/allocation?board=goods", {
    ...answers,
    "GET /fulfilment/shortages": [SHARING.shortage],
    "GET /fulfilment/shortages/9": SHARING,
    [`POST /fulfilment/orders/${ORDER}/allocate`]: {
      id: ORDER,
      number: "XS20261123-0018",
      lines: [
        {
          line_no: 1,
          sku_id: 9,
          sku_name: "天然泉水",
          given: "48",
          given_text: "4箱",
          missing: "48",
          missing_text: "4箱",
        },
      ],
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "天然泉水" }));

  expect((await screen.findAllByText("按比例应得 4.27 箱，整数部分 4 箱")).length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole("button", { name: "按建议配给 1 张订单" }));

  expect(await screen.findByText("配到 4箱，还缺 4箱")).toBeTruthy();
  const [sent] = asked.filter(({ method }) => method === "POST");
  expect(sent?.body).toEqual({ lines: [{ line_no: 1, quantity: "48" }] });
});

test("a shipment is received with what was damaged, in cases and bottles", async () => {
  const { asked } = showPage(`/warehouse/receive/${SHIPMENT}`, {
    ...answers,
    [`GET /fulfilment/shipments/${SHIPMENT}`]: PAPER,
    [`POST /shipments/${SHIPMENT}/receive`]: { id: ORDER, state: "COMPLETED" },
  });
  fireEvent.click(await screen.findByRole("checkbox", { name: "天然泉水 与发货不符" }));
  const confirm = () => screen.getByRole<HTMLButtonElement>("button", { name: "按实收入库" });
  expect(confirm().disabled).toBe(true);
  fireEvent.click(screen.getByText("破损"));
  fireEvent.change(screen.getByRole("spinbutton", { name: "天然泉水 破损多少 箱" }), {
    target: { value: "1" },
  });
  fireEvent.change(screen.getByRole("spinbutton", { name: "天然泉水 破损多少 瓶" }), {
    target: { value: "5" },
  });
  fireEvent.change(screen.getByRole("textbox", { name: "天然泉水 的差异说明" }), {
    target: { value: "外箱压坏" },
  });
  fireEvent.click(confirm());

  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    warehouse_id: null,
    differences: [{ line_no: 1, received: "48", reason: "DAMAGED", note: "外箱压坏" }],
  });
});

test("more cannot be missing than was sent; what came too much arrives in full and is said in words", async () => {
  const { asked } = showPage(`/warehouse/receive/${SHIPMENT}`, {
    ...answers,
    [`GET /fulfilment/shipments/${SHIPMENT}`]: PAPER,
    [`POST /shipments/${SHIPMENT}/receive`]: { id: ORDER, state: "COMPLETED" },
  });
  fireEvent.click(await screen.findByRole("checkbox", { name: "天然泉水 与发货不符" }));
  fireEvent.change(screen.getByRole("spinbutton", { name: "天然泉水 少了多少 箱" }), {
    target: { value: "4" },
  });
  expect(screen.getByText("不能超过发货数量 3箱5瓶")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "按实收入库" }).disabled).toBe(true);

  fireEvent.click(screen.getByText("多货"));
  fireEvent.click(screen.getByRole("button", { name: "按实收入库" }));

  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({
    differences: [{ line_no: 1, received: "77", reason: "OVER", note: "多收 4箱" }],
  });
});

test("the delivery note shows cases, the number as bars and, where wanted, the amount in capital figures", async () => {
  showPage(`/print/delivery?id=${SHIPMENT}&amounts=1&copies=3`, {
    ...answers,
    [`GET /fulfilment/shipments/${SHIPMENT}`]: PAPER,
  });

  expect(await screen.findAllByText("3箱5瓶")).toHaveLength(3);
  expect(screen.getAllByRole("img", { name: "CK20261128-0003" })).toHaveLength(3);
  expect(screen.getAllByText("合计（大写）人民币柒佰柒拾元整")).toHaveLength(3);
  expect(screen.getByText("第二联 客户")).toBeTruthy();
  expect(screen.queryByRole("navigation")).toBeNull();
});
