import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { OrderRow, OrderState } from "@/gen/model";
import { open } from "@/navigation";
import { Tap } from "@/ui/tap";
import { type Side, sentenceOf, type Tab } from "./say";
import { useSentence } from "./use-sentence";
import "./order-card.scss";

const TAB_OF: Record<OrderState, Tab> = {
  AWAITING_BUYER: "confirm",
  SUBMITTED: "confirm",
  AWAITING_FINANCE: "confirm",
  CONFIRMED: "ship",
  PARTIALLY_SHIPPED: "ship",
  SHIPPED: "receive",
  COMPLETED: "done",
  CANCELLED: "cancelled",
};
const TONES: Record<Tab, string> = {
  all: "",
  confirm: "order-state-wait",
  ship: "order-state-note",
  receive: "order-state-note",
  done: "",
  cancelled: "order-state-bad",
};

/** One order of the list: with whom, where it stands, how much. */
export function OrderCard({
  of: order,
  side,
  seesPrices,
}: {
  of: OrderRow;
  side: Side;
  seesPrices: boolean;
}) {
  const { t } = useTranslation("store-follow");
  const inWords = useSentence();
  const tab = TAB_OF[order.state];
  return (
    <Tap className="order-card" onClick={() => void open("order", { id: order.id })}>
      <span className="order-card-head">
        <span className="order-card-who">{side === "mine" ? order.seller_name : order.buyer_name}</span>
        <span className={`order-state ${TONES[tab]}`}>{t(`tab.${tab}`)}</span>
      </span>
      <p className="order-card-say">{inWords(sentenceOf(order, side))}</p>
      <span className="order-card-foot">
        <span className="whole">{order.number}</span>
        <span>{t("list.lines", { count: order.line_count })}</span>
        {seesPrices && <span className="order-card-amount">{money(order.gross_amount, order.currency)}</span>}
      </span>
    </Tap>
  );
}
