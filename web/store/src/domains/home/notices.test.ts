import i18next from "i18next";
import type { NoticeOut } from "@/gen/model";
import en from "@/i18n/en";
import zhHans from "@/i18n/zh-hans";
import { factsOf, placeOf, sentenceOf, tidied } from "./notices";

const a = (kind: string, subject_type: string, payload: object): NoticeOut => ({
  id: 1,
  kind,
  created_at: "2026-11-28T10:00:00Z",
  subject_id: "x",
  subject_type,
  unread: true,
  payload: payload as NoticeOut["payload"],
});

/** Payloads as the services publish them, with the sentence and the place of each. */
const ORDER = { number: "XS1", buyer: "永兴超市", state: "SUBMITTED", lines: 4, currency: "CNY" };
const SHIPMENT = { number: "XS1", shipment: "CK1", shipment_id: "s1", state: "COMPLETED", credited: "24.19" };
const RECEIPT = { number: "SK1", amount: "18000", currency: "CNY" };
const LIMIT = { kind: "TEMPORARY", limit: "600000", temporary: "200000", currency: "CNY", seller_id: 1 };
const POLICY = { code: "DEC12", kind: "price_list", valid_from: "2026-12-01", version_no: 1 };
const order = { page: "order", told: { id: "x" } };

const KNOWN: [NoticeOut, string, object | null][] = [
  [
    a("order.to_confirm", "order", { ...ORDER, gross_amount: "535.89" }),
    "永兴超市 的订单 XS1 等您确认，金额 ¥535.89",
    order,
  ],
  [
    a("order.to_confirm_buyer", "order", { ...ORDER, gross_amount: "535.89" }),
    "供货方代您下了订单 XS1，金额 ¥535.89，请确认",
    order,
  ],
  [a("order.to_confirm_finance", "order", { number: "XS1" }), "订单 XS1 等您确认收款", order],
  [a("order.to_ship", "order", { number: "XS1", state: "CONFIRMED" }), "订单 XS1 可以发货了", order],
  [a("order.to_ship", "order", ORDER), "永兴超市 的订单 XS1 可以发货了", order],
  [a("order.confirmed", "order", { number: "XS1" }), "订单 XS1 已确认，等待发货", order],
  [a("order.shipped", "order", SHIPMENT), "订单 XS1 已发货，到货后请收货", order],
  [a("order.cancelled", "order", { ...ORDER, reason: "缺货" }), "订单 XS1 有商品被取消：缺货", order],
  [a("order.cancelled", "order", ORDER), "订单 XS1 有商品被取消", order],
  [a("order.allocated", "order", { number: "XS1", lines: 2 }), "订单 XS1 缺的货已到，即将发出", order],
  [
    a("order.received_differently", "order", { ...SHIPMENT, differences: 2 }),
    "订单 XS1 收货有 2 行差异",
    { page: "receive", told: { id: "s1" } },
  ],
  [
    a("order.return_requested", "order", { number: "XS1", reason: "破损" }),
    "订单 XS1 有退货申请：破损",
    { page: "returns", told: { side: "theirs" } },
  ],
  [
    a("order.return_received", "order", { number: "XS1", return_id: "r" }),
    "订单 XS1 的退货已收到，退款已入账",
    { page: "returns", told: {} },
  ],
  [
    a("order.complained", "order", { number: "XS1", complaint: "TS1", kind: "QUALITY", reason: "漏液" }),
    "订单 XS1 有投诉：漏液",
    { page: "complaints", told: { side: "theirs" } },
  ],
  [
    a("order.complaint_answered", "order", { number: "XS1", complaint: "TS1", reason: "补发" }),
    "订单 XS1 的投诉有答复：补发",
    { page: "complaints", told: {} },
  ],
  [
    a("receipt.posted", "receipt", RECEIPT),
    "供货方已收到您的货款 ¥18,000.00，收款单 SK1",
    { page: "money", told: { receipt: "x" } },
  ],
  [
    a("receipt.reversed", "receipt", { ...RECEIPT, reason: "记错" }),
    "收款单 SK1（¥18,000.00）已冲销：记错",
    { page: "money", told: { receipt: "x" } },
  ],
  [a("credit.changed", "credit", LIMIT), "您的信用额度现在是 ¥800,000.00", { page: "money", told: {} }],
  [a("credit.changed", "credit", {}), "您的信用额度有变化", { page: "money", told: {} }],
  [a("comment.added", "order", { user_name: "林志强", comment_id: "c" }), "林志强 在订单里写了评论", order],
  [
    a("comment.added", "order", { user_name: "林志强", comment_id: "c", number: "XS20261130-0001" }),
    "林志强 在 XS20261130-0001 写了评论",
    order,
  ],
  [a("comment.added", "partner", { user_name: "林志强", comment_id: "c" }), "林志强 写了评论", null],
  [
    a("policy.announced", "policy", POLICY),
    "新的供货价“DEC12”自 12月1日 起生效",
    { page: "newPrices", told: {} },
  ],
  [
    a("policy.published", "policy", { ...POLICY, name: "年末价" }),
    "价目表“年末价”已发布，自 12月1日 起生效",
    null,
  ],
  [
    a("stock.adjustment_submitted", "adjustment", { number: "TZ1", lines: 2 }),
    "报损报溢单 TZ1 等您审核",
    null,
  ],
  [
    a("stock_count.counted", "stock_count", { number: "CO1", lines: 8, round: 1 }),
    "盘点单 CO1 已点完，请审核差异",
    { page: "counting", told: { id: "x" } },
  ],
  [a("stock.transfer_sent", "transfer", { number: "DB1" }), "调拨单 DB1 已发出，请收货", null],
  [
    a("alert.orders.late.SUBMITTED", "alert", { key: "orders.late.SUBMITTED", count: 3, limit: 24 }),
    "有 3 张订单等确认超过 24 小时",
    { tab: "orders" },
  ],
  [
    a("alert.stock.expiring", "alert", { key: "stock.expiring", count: 3, limit: 30 }),
    "有 3 个批次将在 30 天内到期或已过期",
    { page: "stock", told: {} },
  ],
  [
    a("alert.money.overdue", "alert", { key: "money.overdue", count: 2, limit: 30 }),
    "有 2 家客户欠款超过账期 30 天",
    { page: "money", told: { side: "theirs" } },
  ],
  [
    a("alert.money.own_overdue", "alert", { key: "money.own_overdue", count: 1, limit: 30 }),
    "您的欠款已超过账期 30 天",
    { page: "money", told: {} },
  ],
];

const day = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

async function saying(language: "zh-Hans" | "en") {
  const i18n = i18next.createInstance();
  await i18n.init({
    lng: language,
    resources: { "zh-Hans": zhHans, en },
    interpolation: { escapeValue: false },
  });
  return (notice: NoticeOut) =>
    tidied(String(i18n.t(`store-mine:notice.${sentenceOf(notice)}` as never, factsOf(notice, day) as never)));
}

test.each(KNOWN)("$kind is told and leads to its page", async (notice, sentence, place) => {
  const say = await saying("zh-Hans");
  expect(say(notice)).toBe(sentence);
  expect(placeOf(notice)).toEqual(place);
});

test("in English nothing is left empty either, and one difference is one", async () => {
  const say = await saying("en");
  for (const [notice] of KNOWN) expect(say(notice)).not.toMatch(/\{\{|notice\.|“”|\(\)| {2}|[:,]$|^\s|NaN/);
  const differs = (differences: number) =>
    say(a("order.received_differently", "order", { ...SHIPMENT, differences }));
  expect([differs(1), differs(2)]).toEqual([
    "Order XS1 was received with 1 difference",
    "Order XS1 was received with 2 differences",
  ]);
});

test("what is no figure and no text fills nothing", () => {
  const odd = a("order.confirmed", "order", { number: { a: 1 }, reason: null, user_name: ["x"] });
  expect(factsOf(odd, day)).toMatchObject({ number: "", reason: "", person: "", amount: "", count: 0 });
});
