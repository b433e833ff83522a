import { useRouter } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { addressText } from "@/domains/orders/address";
import { actionsOf, OrderActions } from "@/domains/orders/order-actions";
import { OrderLines } from "@/domains/orders/order-lines";
import { OrderStory } from "@/domains/orders/order-story";
import { Progress } from "@/domains/orders/progress";
import { type Reader, useReader } from "@/domains/orders/reader";
import { Road } from "@/domains/orders/road";
import { orderSentence, sideOf } from "@/domains/orders/say";
import { useSentence } from "@/domains/orders/use-sentence";
import type { OrderOut } from "@/gen/model";
import { useGetOrder } from "@/gen/orders/orders";
import { Card, Facts } from "@/ui/card";
import { Page } from "@/ui/page";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";

function OrderFacts({ of: order, isMine }: { of: OrderOut; isMine: boolean }) {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  return (
    <Card title={t("order.facts")}>
      <Facts
        of={[
          [t("order.number"), order.number],
          [t("order.own_number"), order.external_number],
          [t(isMine ? "order.seller" : "order.buyer"), isMine ? order.seller_name : order.buyer_name],
          [t("order.at"), format.spoken(order.submitted_at)],
          [t("order.wanted"), order.wanted_date && format.day(order.wanted_date)],
          [t("order.address"), addressText(order.address)],
          [t("order.note"), order.buyer_note],
        ]}
      />
    </Card>
  );
}

function Content({ of: order, reader }: { of: OrderOut; reader: Reader }) {
  const { t } = useTranslation("store-follow");
  const inWords = useSentence();
  const format = useFormat();
  const side = sideOf(order, reader.organizationId);
  const mayReceive = reader.mayReceive && order.allowed_actions.includes("receive");
  const deadline = order.state === "AWAITING_BUYER" && side === "mine" ? order.buyer_deadline_at : null;
  return (
    <>
      <Card>
        <p className="order-says">{inWords(orderSentence(order, side))}</p>
        {deadline && <p className="order-deadline">{t("order.deadline", { at: format.spoken(deadline) })}</p>}
        <Progress state={order.state} />
      </Card>
      <Road
        of={order}
        mayReceive={mayReceive && side === "mine"}
        mayShip={reader.mayShip && side === "theirs"}
      />
      <OrderLines of={order} seesPrices={reader.seesPrices} />
      <OrderFacts of={order} isMine={side === "mine"} />
      <OrderStory of={order} seesPrices={reader.seesPrices} />
    </>
  );
}

export default function OrderPage() {
  const { t } = useTranslation("store-follow");
  const { id = "" } = useRouter().params;
  const reader = useReader();
  const order = useGetOrder(id);
  const isMine = order.data && reader && sideOf(order.data, reader.organizationId) === "mine";
  // Taking a customer's goods in is the customer's: the store of the seller does not offer it.
  const shown = order.data && {
    ...order.data,
    allowed_actions: order.data.allowed_actions.filter((action) => action !== "receive" || isMine),
  };
  const mayComplain = Boolean(isMine && reader?.mayComplain && shown && shown.shipments.length > 0);
  const hasActions = shown && actionsOf(shown.allowed_actions, mayComplain).length > 0;
  return (
    <Page
      title={order.data?.number ?? t("order.title")}
      footer={hasActions ? <OrderActions of={shown} mayComplain={mayComplain} /> : undefined}
    >
      <Answered of={order} rows={4}>
        {() => shown && reader && <Content of={shown} reader={reader} />}
      </Answered>
    </Page>
  );
}
