import { money } from "@shared/money";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { Card } from "@/ui/card";
import { Story } from "@/ui/story";
import { useFormat } from "@/ui/use-format";

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** People and events of an order, the newest first. */
export function OrderStory({ of: order, seesPrices }: { of: OrderOut; seesPrices: boolean }) {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  const steps = order.timeline
    .map((event) => {
      const payload = event.payload as Record<string, unknown>;
      const key = `store-follow:event.${event.type.replace(/^[a-z]+\./, "")}`;
      const amount = text(payload.gross_amount);
      return {
        key: event.id,
        what: i18next.exists(key) ? String(i18next.t(key as never)) : event.type,
        when: format.spoken(event.effective_at),
        more: [
          event.user_name || text(payload.user_name),
          text(payload.shipment) || text(payload.return),
          seesPrices && amount && money(amount, order.currency),
          text(payload.text),
          text(payload.reason),
        ]
          .filter(Boolean)
          .join(" · "),
      };
    })
    .reverse();
  return (
    <Card title={t("order.story")}>
      <Story of={steps} />
    </Card>
  );
}
