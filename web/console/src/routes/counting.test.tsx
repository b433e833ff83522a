import { fireEvent, screen, waitFor } from "@testing-library/react";
import type { CountLineOut, CountOut } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const ID = "019a0000-0000-7000-8000-0000000000cc";
const COUNT: CountOut = {
  id: ID,
  number: "CO20261128-0001",
  organization_id: 1,
  warehouse_id: 7,
  warehouse_name: "苏州仓",
  state: "COUNTING",
  round: 1,
  is_blind: true,
  freezes: false,
  by_lot: false,
  recount_above: null,
  category_ids: [],
  sku_ids: [],
  note: "",
  line_count: 1,
  verdicts: {},
  created_by: 1,
  created_by_name: "王晓敏",
  created_at: "2026-11-28T01:00:00Z",
  started_at: "2026-11-28T01:10:00Z",
  decided_by: null,
  decided_by_name: "",
  decided_at: null,
  decision_note: "",
  allowed_actions: ["count", "close_round", "cancel"],
};
const LINE: CountLineOut = {
  sku_id: 9,
  sku_code: "W550",
  sku_name: "天然泉水",
  lot: "",
  round: 1,
  counted: null,
  counted_text: "",
  counted_at: null,
  book: null,
  book_text: "",
  difference: null,
  difference_text: "",
  verdict: null,
  is_recount: false,
};
const GOODS = {
  sku_id: 9,
  code: "W550",
  name: "天然泉水",
  specification: "550ml",
  base_unit: "瓶",
  is_whole: true,
  units: [
    { unit: "箱", numerator: 24, denominator: 1 },
    { unit: "瓶", numerator: 1, denominator: 1 },
  ],
  scanned_unit: "",
};
const answers = {
  "GET /session": { ...SESSION, scopes: ["stock:read", "stock:write", "files:read"] },
  [`GET /stock/counts/${ID}`]: COUNT,
  [`GET /stock/counts/${ID}/lines`]: { items: [LINE], next_cursor: null },
  [`GET /stock/counts/${ID}/entries`]: { items: [], next_cursor: null },
  "GET /stock/goods": [GOODS],
  [`POST /stock/counts/${ID}/entries`]: { taken: 1 },
};

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test("a scanned code, cases and bottles, Enter: the figure is sent in base units, and the field is ready again", async () => {
  const { asked } = showPage(`/warehouse/counts/${ID}/entry`, answers);
  const scan = await screen.findByRole("combobox", { name: "扫码或输入商品" });
  fireEvent.change(scan, { target: { value: "W550" } });
  fireEvent.keyDown(scan, { key: "Enter", code: "Enter", keyCode: 13 });
  fireEvent.change(await screen.findByRole("spinbutton", { name: "数量 箱" }), { target: { value: "3" } });
  const bottles = screen.getByRole("spinbutton", { name: "数量 瓶" });
  fireEvent.change(bottles, { target: { value: "5" } });
  fireEvent.keyDown(bottles, { key: "Enter", code: "Enter", keyCode: 13 });

  await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    rows: [{ sku_code: "W550", units: "77", lot: "", area: "" }],
  });
  await waitFor(() => expect(screen.queryByRole("spinbutton", { name: "数量 箱" })).toBeNull());
});

test("what is not there counts as zero with one tap; a blind count says that the book is hidden", async () => {
  const { asked } = showPage(`/warehouse/counts/${ID}/entry`, answers);
  expect(await screen.findByText(/盲盘，账面不显示/)).toBeTruthy();
  fireEvent.click(await screen.findByRole("button", { name: /天然泉水/ }));
  fireEvent.click(await screen.findByRole("button", { name: "没有，记 0" }));

  await waitFor(() => expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1));
  expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({ rows: [{ units: "0" }] });
});
