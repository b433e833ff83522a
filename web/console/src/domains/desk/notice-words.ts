import { money } from "@shared/money";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import type { NoticeOut } from "@/gen/model";
import { alertAddress } from "./alert-words";

const KINDS = [
  "order.to_confirm",
  "order.to_confirm_buyer",
  "order.to_confirm_finance",
  "order.to_ship",
  "order.confirmed",
  "order.shipped",
  "order.cancelled",
  "order.allocated",
  "order.received_differently",
  "order.return_requested",
  "order.return_received",
  "order.return_rejected",
  "receipt.posted",
  "receipt.reversed",
  "credit.changed",
  "comment.added",
  "policy.announced",
  "policy.approved",
  "policy.published",
  "stock.adjustment_submitted",
  "stock.adjustment_rejected",
  "stock_count.counted",
  "stock.transfer_sent",
] as const;

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** Where the document of a notice is shown; undefined when it has no page of its own. */
export function addressOf(notice: NoticeOut): string | undefined {
  const { key, limit, organization_id } = notice.payload;
  switch (notice.subject_type) {
    case "order":
      return `/orders/${notice.subject_id}`;
    case "policy":
      return notice.kind === "policy.announced" ? "/prices" : `/price-lists/${notice.subject_id}`;
    case "receipt":
    case "credit":
      return "/balances";
    case "alert":
      return alertAddress(
        { key: text(key), limit: number(limit), organization_id: number(organization_id) },
        false,
      );
    case "partner":
      return `/partners/${notice.subject_id}`;
    default:
      return undefined;
  }
}

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";

/** A notice as a sentence in the reader's language. */
export function useNoticeWords(): (notice: NoticeOut) => string {
  const { t } = useTranslation("desk");
  return (notice) => {
    const { payload } = notice;
    const amount = text(payload.gross_amount) || text(payload.amount);
    if (notice.subject_type === "alert")
      return t("alert.told", {
        what: t(`alert.${text(payload.key)}` as ParseKeys<"desk">, { limit: number(payload.limit) }),
        count: number(payload.count),
      });
    const kind = KINDS.find((known) => known === notice.kind);
    if (!kind) return notice.kind;
    const where = kind === "comment.added" && text(payload.number) ? "comment.added_to" : kind;
    return t(`notice.${where}` as ParseKeys<"desk">, {
      number: text(payload.number),
      name: text(payload.name) || text(payload.code),
      buyer: text(payload.buyer),
      reason: text(payload.reason),
      person: text(payload.user_name),
      count: Number(payload.differences ?? payload.lines ?? 0),
      amount: amount ? money(amount, text(payload.currency) || "CNY") : "",
      day: text(payload.valid_from),
    }) as string;
  };
}
