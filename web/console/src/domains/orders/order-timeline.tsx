import { money } from "@shared/money";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { EventOut, OrderOut } from "@/gen/model";
import type { Tone } from "@/ui/state-tag";
import { type Happening, Timeline } from "@/ui/timeline";
import { useFormat } from "@/ui/use-format";

const TONES: Record<string, Tone> = {
  "order.submitted": "note",
  "order.step_confirm": "good",
  "order.step_finance": "good",
  "order.allocated": "note",
  "order.shipped": "note",
  "order.tracked": "note",
  "order.received": "good",
  "order.cancelled": "bad",
  "order.return_requested": "wait",
  "order.return_received": "good",
  "order.return_rejected": "bad",
  "order.step_buyer": "good",
  "order.refused_by_buyer": "bad",
  "order.buyer_silent": "bad",
  "order.buyer_reminded": "wait",
  "order.received_differently": "wait",
  "comment.added": "note",
};

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** Document number, amount and reason of an event: what a reader of the history asks for. */
function detailOf(event: EventOut, currency: string): string {
  const payload = event.payload as Record<string, unknown>;
  const amount = text(payload.gross_amount);
  return [
    text(payload.shipment) || text(payload.return),
    amount && money(amount, currency),
    text(payload.text),
    text(payload.reason),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function OrderTimeline({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const items: Happening[] = order.timeline
    .map((event) => {
      const key = `orders:event.${event.type.replace("order.", "").replace(".", "_")}`;
      return {
        key: event.id,
        tone: TONES[event.type] ?? "idle",
        title: i18next.exists(key) ? String(i18next.t(key as never)) : event.type,
        when: format.instant(event.effective_at),
        who: event.user_name || text((event.payload as Record<string, unknown>).user_name),
        detail: detailOf(event, order.currency),
      };
    })
    .reverse();
  if (items.length === 0) return <p className="quiet">{t("timeline.none")}</p>;
  return <Timeline items={items} />;
}
