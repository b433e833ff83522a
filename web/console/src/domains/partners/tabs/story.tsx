import { money } from "@shared/money";
import { Link } from "@tanstack/react-router";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { StoryEventOut } from "@/gen/model";
import { usePartnerStory } from "@/gen/partners/partners";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import type { Tone } from "@/ui/state-tag";
import { type Happening, Timeline } from "@/ui/timeline";
import { useFormat } from "@/ui/use-format";

/** What an event is called: the words of partners first, then those of orders. */
function titleOf(type: string): string {
  const [area = "", name = ""] = type.split(".");
  const keys = [`partners:event.${area}_${name}`, `partners:event.${name}`, `orders:event.${name}`];
  const key = keys.find((one) => i18next.exists(one));
  return key ? String(i18next.t(key as never)) : type;
}

function toneOf(type: string): Tone {
  if (/cancel|reject|reversed|freeze/.test(type)) return "bad";
  if (/received|recorded|completed|posted/.test(type)) return "good";
  return "note";
}

function Detail({ of: event }: { of: StoryEventOut }) {
  const payload = event.payload as Record<string, unknown>;
  const text = (name: string) => (typeof payload[name] === "string" ? String(payload[name]) : "");
  const amount = text("gross_amount") || text("amount");
  const number = text("number");
  return (
    <>
      {event.subject_type === "order" && (
        <Link to="/orders/$orderId" params={{ orderId: event.subject_id }} className="figures">
          {number || text("shipment") || i18next.t("partners:story.order")}
        </Link>
      )}
      {event.subject_type !== "order" && number && <span className="figures">{number}</span>}
      {amount && <span className="figures"> {money(amount, text("currency") || "CNY")}</span>}
      {text("reason") && <div>{text("reason")}</div>}
    </>
  );
}

/** Everything around a partner in one line of time: master, contracts, credit, orders, money. */
export function StoryTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const { data, error, refetch } = usePartnerStory(partnerId);
  const items: Happening[] = (data ?? []).map((event) => ({
    key: event.id,
    tone: toneOf(event.type),
    title: titleOf(event.type),
    when: format.instant(event.effective_at),
    who: event.user_name || undefined,
    detail: <Detail of={event} />,
  }));
  return (
    <Card title={t("tab.story")}>
      <p className="quiet tree-hint">{t("story.note")}</p>
      <Refusal of={error} onRetry={() => void refetch()} />
      {data && items.length === 0 ? <p className="quiet">{t("history.none")}</p> : <Timeline items={items} />}
    </Card>
  );
}
