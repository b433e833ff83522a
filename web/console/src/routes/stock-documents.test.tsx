import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { AdjustmentOut, CountOut, TransferOut } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const KEEPER = { ...SESSION, scopes: ["stock:read", "stock:write", "stock:approve", "session:use"] };
const ids = [1, 2, 3, 4].map((place) => `019a0000-0000-7000-8000-00000000000${place}`);

const ADJUSTMENT: AdjustmentOut = {
  id: ids[0] ?? "",
  number: "TZ20261128-0001",
  organization_id: 1,
  warehouse_id: 7,
  warehouse_name: "苏州仓",
  reason: "DAMAGE",
  state: "SUBMITTED",
  note: "叉车碰坏",
  total_units: "24",
  created_by: 5,
  created_by_name: "周建国",
  created_at: "2026-11-28T06:20:00Z",
  decided_by: null,
  decided_by_name: "",
  decided_at: null,
  decision_note: "",
  lines: [],
  allowed_actions: ["approve", "reject"],
};
const OTHER = { ...ADJUSTMENT, id: ids[1] ?? "", number: "TZ20261128-0002" };
const OWN = { ...ADJUSTMENT, id: ids[2] ?? "", number: "TZ20261128-0003", allowed_actions: ["withdraw"] };
const WAREHOUSES = { "GET /session": KEEPER, "GET /warehouses": { items: [], next_cursor: null } };

/** A server on which the second adjustment cannot be posted; what is posted leaves the list. */
function aServer() {
  let waiting = [ADJUSTMENT, OTHER, OWN];
  return {
    ...WAREHOUSES,
    "GET /stock/adjustments": () => ({ items: waiting, next_cursor: null }),
    [`POST /stock/adjustments/${ADJUSTMENT.id}/approve`]: () => {
      waiting = waiting.filter((row) => row.id !== ADJUSTMENT.id);
      return { ...ADJUSTMENT, state: "POSTED", allowed_actions: [] };
    },
  };
}

const choose = async (number: string) =>
  fireEvent.click(await screen.findByRole("checkbox", { name: number }));
const sent = (asked: ReturnType<typeof showPage>["asked"]) => asked.filter(({ method }) => method === "POST");

/** The dialog that says what became of the documents. */
const told = async () => {
  const done = await screen.findByText(/^完成 \d 张$/);
  return within(done.closest<HTMLElement>('[role="dialog"]') ?? done);
};

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test("waiting adjustments are approved together: each says what became of it and the refused one can be tried again", async () => {
  const { asked } = showPage("/warehouse/adjustments?state=SUBMITTED", aServer());
  await choose(ADJUSTMENT.number);
  await choose(OTHER.number);
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: OWN.number }).disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "批准并过账（2）" }));
  const asks = await screen.findByRole("dialog");
  expect(within(asks).getByText(/库存随之增减/)).toBeTruthy();
  expect(sent(asked)).toEqual([]);
  fireEvent.click(within(asks).getByRole("button", { name: "批准并过账（2）" }));

  const results = await told();
  expect(results.getByText("完成 1 张")).toBeTruthy();
  expect(results.getByText("未完成 1 张")).toBeTruthy();
  expect(results.getByText("已过账")).toBeTruthy();
  expect(results.getByText(OTHER.number)).toBeTruthy();
  expect(sent(asked).map(({ path, body }) => [path, body])).toEqual([
    [`/stock/adjustments/${ADJUSTMENT.id}/approve`, { note: "" }],
    [`/stock/adjustments/${OTHER.id}/approve`, { note: "" }],
  ]);

  // Trying again asks only for what was refused; what is posted is not asked for twice.
  fireEvent.click(results.getByRole("button", { name: "重试未完成的 1 张" }));
  await waitFor(() => expect(sent(asked)).toHaveLength(3));
  expect(sent(asked)[2]?.path).toBe(`/stock/adjustments/${OTHER.id}/approve`);
});

test("what became of the documents stays to be read when all of them left the list", async () => {
  let waiting = [ADJUSTMENT];
  showPage("/warehouse/adjustments?state=SUBMITTED", {
    ...WAREHOUSES,
    "GET /stock/adjustments": () => ({ items: waiting, next_cursor: null }),
    [`POST /stock/adjustments/${ADJUSTMENT.id}/reject`]: () => {
      waiting = [];
      return { ...ADJUSTMENT, state: "REJECTED", allowed_actions: [] };
    },
  });
  await choose(ADJUSTMENT.number);
  fireEvent.click(screen.getByRole("button", { name: "驳回（1）" }));
  const asks = await screen.findByRole("dialog");
  const confirm = within(asks).getByRole<HTMLButtonElement>("button", { name: "驳回（1）" });
  expect(confirm.disabled).toBe(true); // a reason is needed
  fireEvent.change(within(asks).getByLabelText("原因"), { target: { value: "数量不对" } });
  fireEvent.click(confirm);

  const results = await told();
  expect(await results.findByText("已驳回")).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole("link", { name: ADJUSTMENT.number })).toBeNull());
  expect(results.getByText("完成 1 张")).toBeTruthy();
  fireEvent.click(results.getByRole("button", { name: "关闭" }));
  expect(await screen.findByText("还没有报损报溢单。")).toBeTruthy();
});

const TRANSFER: TransferOut = {
  id: ids[3] ?? "",
  number: "DB20261128-0001",
  organization_id: 1,
  from_warehouse_id: 7,
  from_warehouse_name: "苏州仓",
  to_warehouse_id: 8,
  to_warehouse_name: "南京仓",
  state: "SENT",
  note: "",
  sent_by: 5,
  sent_by_name: "周建国",
  sent_at: "2026-11-28T06:20:00Z",
  received_by: null,
  received_by_name: "",
  received_at: null,
  lines: [],
  allowed_actions: ["receive", "cancel"],
};

test("transfers on the way are received in full together", async () => {
  const { asked } = showPage("/warehouse/transfers", {
    ...WAREHOUSES,
    "GET /stock/transfers": { items: [TRANSFER], next_cursor: null },
    [`POST /stock/transfers/${TRANSFER.id}/receive`]: { ...TRANSFER, state: "RECEIVED" },
  });
  await choose(TRANSFER.number);
  fireEvent.click(screen.getByRole("button", { name: "确认收货（1）" }));
  fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "确认收货（1）" }));

  expect(await screen.findByText("完成 1 张")).toBeTruthy();
  expect(sent(asked).map(({ body }) => body)).toEqual([{ lines: [] }]);
});

test("a stock-take with goods that nobody counted is refused by name, the others are posted", async () => {
  const count = {
    id: ids[0],
    number: "PD20261128-0001",
    warehouse_name: "苏州仓",
    state: "REVIEW",
    category_ids: [],
    sku_ids: [],
    verdicts: { AGREES: 3, DIFFERS: 1 },
    line_count: 4,
    round: 1,
    note: "",
    created_at: "2026-11-28T06:20:00Z",
    created_by_name: "周建国",
    allowed_actions: ["approve", "cancel"],
  } as unknown as CountOut;
  const uncounted = { ...count, id: ids[1] ?? "", number: "PD20261128-0002" };
  const { asked } = showPage("/warehouse/counts", {
    ...WAREHOUSES,
    "GET /stock/counts": { items: [count, uncounted], next_cursor: null },
    [`POST /stock/counts/${count.id}/approve`]: { ...count, state: "POSTED" },
  });
  await choose(count.number);
  await choose(uncounted.number);
  fireEvent.click(screen.getByRole("button", { name: "批准并过账（2）" }));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "复盘差异（0）" }).disabled).toBe(true);
  fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "批准并过账（2）" }));

  const results = await told();
  expect(await results.findByText("已过账")).toBeTruthy();
  expect(await results.findByText("未完成 1 张")).toBeTruthy();
  expect(sent(asked).map(({ body }) => body)).toEqual([
    { note: "", uncounted_as_zero: null },
    { note: "", uncounted_as_zero: null },
  ]);
});
