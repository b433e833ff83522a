// A notice as a sentence about what happened, and the page where one sees it or does something about it.
import { add } from "@shared/decimal";
import { money } from "@shared/money";
import type { NoticeOut } from "@/gen/model";
import type { PAGES, Tab } from "@/navigation";

export type Place = { tab: Tab } | { page: keyof typeof PAGES; told: Record<string, string> };
type Facts = Record<string, string | number>;

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";

/** The sentence's name in the catalogue: where the event says more, a sentence that tells it. */
export function sentenceOf({ kind, subject_type, payload }: NoticeOut): string {
  if (kind === "comment.added" && text(payload.number)) return "comment.added_to";
  if (kind === "comment.added" && subject_type === "order") return "comment.on_order";
  if (kind === "credit.changed" && text(payload.limit)) return "credit.now";
  if (kind === "order.to_ship" && text(payload.buyer)) return "order.to_ship_buyer";
  return kind;
}

/** What the sentence is filled with, by the names that events carry; figures and days as people write them. */
export function factsOf({ payload }: NoticeOut, day: (date: string) => string): Facts {
  const currency = text(payload.currency) || "CNY";
  const said = (amount: string): string => (amount ? money(amount, currency) : "");
  const from = text(payload.valid_from);
  const limit = text(payload.limit);
  return {
    number: text(payload.number),
    name: text(payload.name) || text(payload.code),
    buyer: text(payload.buyer),
    reason: text(payload.reason),
    person: text(payload.user_name),
    count: Number(payload.differences ?? payload.count ?? payload.lines ?? 0),
    amount: said(text(payload.gross_amount) || text(payload.amount)),
    credit: limit ? said(add(limit, text(payload.temporary) || "0")) : "",
    day: from ? day(from) : "",
    limit,
  };
}

/** Without the marks that would introduce what the event did not tell: no colon, brackets or quotes around nothing. */
export const tidied = (sentence: string): string =>
  sentence
    .replace(/（）|\(\)|「」|“”/g, "")
    .replace(/ {2,}/g, " ")
    .replace(/\s*[：:，,]\s*$/, "")
    .trim();

const page = (name: keyof typeof PAGES, told: Record<string, string> = {}): Place => ({ page: name, told });

/** Whose matter it is, told by the kind: what a customer did is seen on the customers' side. */
const THEIRS = new Set(["order.return_requested", "order.complained", "alert.money.overdue"]);

function alertPlace(kind: string, side: Record<string, string>): Place | null {
  if (kind.startsWith("alert.orders.")) return { tab: "orders" };
  if (kind.startsWith("alert.stock.")) return page("stock");
  return kind.startsWith("alert.money.") ? page("money", side) : null;
}

/** Where a notice leads; null where the store has no page for it, so that nothing looks as if one could press it. */
export function placeOf({ kind, subject_type, subject_id, payload }: NoticeOut): Place | null {
  const side: Record<string, string> = THEIRS.has(kind) ? { side: "theirs" } : {};
  switch (subject_type) {
    case "order":
      if (kind.startsWith("order.return_")) return page("returns", side);
      if (kind.startsWith("order.complain")) return page("complaints", side);
      if (kind === "order.received_differently" && text(payload.shipment_id))
        return page("receive", { id: text(payload.shipment_id) });
      return page("order", { id: subject_id });
    case "receipt":
      return page("money", { receipt: subject_id });
    case "credit":
      return page("money");
    case "policy":
      return kind === "policy.announced" ? page("newPrices") : null;
    case "stock_count":
      return page("counting", { id: subject_id });
    case "alert":
      return alertPlace(kind, side);
    default:
      return null;
  }
}
