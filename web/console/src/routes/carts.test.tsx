import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { CartLineOut, CartOut, OfferOut, QuickCartOut } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const CART = "019a0000-0000-7000-8000-0000000000c1";
const ORDER = "019a0000-0000-7000-8000-0000000000d1";
const UNITS = [
  { unit: "箱", numerator: 12, denominator: 1, step: null },
  { unit: "瓶", numerator: 1, denominator: 1, step: null },
];

const LINE: CartLineOut = {
  sku_id: 174,
  sku_code: "WA003",
  sku_name: "沐泉天然矿泉水 1.5L",
  specification: "1.5L×12",
  image: "",
  unit: "箱",
  quantity: "3",
  note: "",
  version: 2,
  base_unit: "瓶",
  base_quantity: "36",
  units: UNITS,
  minimum: "12",
  multiple: null,
  order_limit: null,
  unit_price: "33.06",
  gross_amount: "99.18",
  level: "PLENTY",
  available: null,
  problem: null,
  change: null,
  updated_at: "2026-11-28T11:00:00Z",
  updated_by: 8,
};

const cartOf = (change: Partial<CartOut> = {}): CartOut => ({
  id: CART,
  name: "",
  is_default: true,
  state: "OPEN",
  buyer_id: 21,
  buyer_name: "苏州盛达酒水饮料批发部",
  seller_id: 1,
  seller_name: "沐禾食品饮料集团",
  line_count: 1,
  gross_amount: "99.18",
  net_amount: "87.77",
  tax_amount: "11.41",
  currency: "CNY",
  priced_at: "2026-11-28T11:00:00Z",
  priced_on: "2026-11-28",
  has_news: false,
  news: null,
  order_id: null,
  order_number: "",
  version: 2,
  digest: "d2",
  orderable: true,
  note: "",
  updated_at: "2026-11-28T11:00:00Z",
  updated_by: 8,
  lines: [LINE],
  ...change,
});

const OFFER: OfferOut = {
  sku_id: 202,
  sku_code: "WA031",
  sku_name: "沐泉纯净水 596ml",
  specification: "596ml×24",
  image: "",
  category: "饮用水",
  base_unit: "瓶",
  is_whole: true,
  units: UNITS,
  minimum: null,
  multiple: null,
  order_limit: null,
  unit: "箱",
  unit_price: "24.44",
  currency: "CNY",
  level: "TIGHT",
  available: null,
};

const BUYER = {
  ...SESSION,
  organization_id: 21,
  organization_kind: "DISTRIBUTOR" as const,
  roles: ["OWNER" as const],
  scopes: ["orders:read", "orders:submit", "prices:read", "money:read", "session:use"],
};

const answers = (more: Parameters<typeof showPage>[1] = {}) => ({
  "GET /session": BUYER,
  [`GET /carts/${CART}`]: cartOf(),
  "GET /shop/usual": [],
  "GET /shop/favourites": [],
  "GET /credit": {
    buyer_id: 21,
    seller_id: 1,
    currency: "CNY",
    mode: "LIMIT",
    limit: "50.00",
    temporary: "0.00",
    balance: "0.00",
    held: "0.00",
    exposure: "0.00",
    available: "50.00",
  },
  ...more,
});

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test("goods, Enter, quantity, Enter: the line is added and the cursor waits for the next", async () => {
  const { asked } = showPage(
    `/carts/${CART}`,
    answers({
      "GET /shop/skus": [OFFER],
      [`POST /carts/${CART}/lines`]: cartOf({ version: 3, line_count: 2 }),
    }),
  );
  const field = await screen.findByLabelText("添加商品");
  fireEvent.change(field, { target: { value: "WA031" } });
  fireEvent.keyDown(field, { key: "Enter", keyCode: 13 });

  const quantity = await screen.findByLabelText("沐泉纯净水 596ml 数量");
  expect(document.activeElement).toBe(quantity);
  fireEvent.change(quantity, { target: { value: "5" } });
  fireEvent.keyDown(quantity, { key: "Enter", keyCode: 13 });

  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    lines: [{ sku_id: 202, quantity: "5", unit: "箱" }],
  });
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("添加商品"));
});

test("a quantity changed where it stands goes out with the version that was read", async () => {
  const { asked } = showPage(
    `/carts/${CART}`,
    answers({ [`PUT /carts/${CART}/lines`]: cartOf({ version: 3 }) }),
  );
  const quantity = await screen.findByLabelText("沐泉天然矿泉水 1.5L 数量");
  fireEvent.change(quantity, { target: { value: "4" } });
  fireEvent.blur(quantity);

  await waitFor(() => expect(asked.some(({ method }) => method === "PUT")).toBe(true));
  expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
    version: 2,
    lines: [{ sku_id: 174, unit: "箱", quantity: "4", note: "" }],
  });
});

test("what a list leaves open is settled in its row, and until then nothing is ordered", async () => {
  const list: QuickCartOut = {
    matched: 1,
    open: 1,
    cart: cartOf(),
    rows: [
      {
        row_no: 2,
        text: "沐泉 5",
        state: "AMBIGUOUS",
        because: "ambiguous",
        detail: "",
        sku_id: null,
        sku_code: "",
        sku_name: "",
        unit: "",
        quantity: "5",
        same_as: null,
        candidates: [
          {
            sku_id: 181,
            sku_code: "WA010",
            sku_name: "沐泉白桃苏打水 380ml",
            specification: "380ml×15",
            unit: "箱",
          },
          {
            sku_id: 182,
            sku_code: "WA011",
            sku_name: "沐泉白桃苏打水 500ml",
            specification: "500ml×15",
            unit: "箱",
          },
        ],
      },
    ],
  };
  const { asked } = showPage(
    `/carts/${CART}`,
    answers({
      [`POST /carts/${CART}/quick-entry`]: list,
      [`POST /carts/${CART}/lines`]: cartOf({ version: 3 }),
    }),
  );
  fireEvent.click(await screen.findByRole("button", { name: /粘贴或上传清单/ }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.change(within(dialog).getByLabelText("每行一种商品，写上数量"), {
    target: { value: "WA003 3箱\n沐泉 5" },
  });
  fireEvent.click(within(dialog).getByRole("button", { name: "读取清单" }));

  expect(await screen.findByText("待处理的清单行（1）")).toBeTruthy();
  expect(screen.getByText("还有 1 行清单待处理。")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "提交订单" }).disabled).toBe(true);
  fireEvent.mouseDown(screen.getByLabelText("为“沐泉 5”选择商品"));
  fireEvent.click(await screen.findByTitle("沐泉白桃苏打水 500ml 500ml×15 WA011"));
  fireEvent.click(screen.getAllByRole("button", { name: "加入" }).at(-1) as HTMLElement);

  await waitFor(() => expect(screen.queryByText("待处理的清单行（1）")).toBeNull());
  expect(asked.find(({ path }) => path === `/carts/${CART}/lines`)?.body).toEqual({
    lines: [{ sku_id: 182, quantity: "5", unit: "箱" }],
  });
});

test("the order is sent once however often it is pressed, as it was seen, and says its number and its twin", async () => {
  const { asked } = showPage(
    `/carts/${CART}`,
    answers({
      [`POST /carts/${CART}/submit`]: {
        id: ORDER,
        number: "XS20261128-0070",
        state: "SUBMITTED",
        currency: "CNY",
        gross_amount: "99.18",
        net_amount: "87.77",
        tax_amount: "11.41",
        line_count: 1,
        submitted_at: "2026-11-28T11:05:00Z",
        backordered_lines: [],
        twin: { id: ORDER, number: "XS20261128-0069", submitted_at: "2026-11-28T11:01:00Z" },
      },
    }),
  );
  expect(await screen.findByText("还差 ¥49.18，提交可能被拒；请先付款或申请临时额度。")).toBeTruthy();
  const button = screen.getByRole("button", { name: "提交订单" });
  fireEvent.click(button);
  fireEvent.click(button);
  fireEvent.click(button);

  expect(await screen.findByText("已提交，单号 XS20261128-0070")).toBeTruthy();
  const sent = asked.filter(({ path }) => path.endsWith("/submit"));
  expect(sent).toHaveLength(1);
  expect(sent[0]?.body).toMatchObject({ version: 2, quote_digest: "d2", shortage_mode: "REFUSE" });
  expect(screen.getByText(/与 .* 的 XS20261128-0069 内容相同/)).toBeTruthy();
});

test("a price that changed is told and has to be accepted before the order can go", async () => {
  const news = { since: "2026-11-27T11:00:00Z", lines: 1, difference: "3.00" };
  const change = { unit_price_before: "32.06", unit_price_after: "33.06", difference: "3.00" };
  const { asked } = showPage(
    `/carts/${CART}`,
    answers({
      [`GET /carts/${CART}`]: cartOf({ has_news: true, news, lines: [{ ...LINE, change }] }),
      [`POST /carts/${CART}/acknowledge`]: cartOf(),
    }),
  );
  expect(await screen.findByText("总额增加 ¥3.00")).toBeTruthy();
  expect(screen.getByText("涨价，原 ¥32.06")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "提交订单" }).disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "知道了，按现价下单" }));

  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "提交订单" }).disabled).toBe(false),
  );
  expect(asked.find(({ path }) => path.endsWith("/acknowledge"))?.body).toEqual({ digest: "d2" });
});
