import Taro from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import type { OrderOut, ShipmentOut, TrackingState, WaybillOut } from "@/gen/model";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { say } from "@/ui/said";
import { Story } from "@/ui/story";
import { useFormat } from "@/ui/use-format";
import { AddBill } from "./add-bill";
import { carrierOf } from "./bills";
import { shipmentSentence } from "./say";
import { useSentence } from "./use-sentence";
import "./road.scss";

interface Told {
  at: string;
  state: TrackingState;
  text: string;
  place: string;
}

/** One waybill: the carrier, its number, and what the carrier told, newest first. */
function Bill({ of: bill }: { of: WaybillOut }) {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  const word = (state: string) => t(`road.state.${state as TrackingState}`, { defaultValue: state });
  const steps = (bill.events as unknown as Told[])
    .map((told, index) => ({
      key: index,
      what: told.text || word(told.state),
      when: format.spoken(told.at),
      more: told.place,
    }))
    .reverse();
  const nameOf = (code: string) => {
    const known = carrierOf(code);
    return known ? t(`carrier.${known}`) : code;
  };
  const copy = () =>
    void Taro.setClipboardData({ data: bill.tracking_number }).then(() => say(t("road.copied")));
  return (
    <div className="road-bill">
      <div className="road-bill-head">
        <p className="road-bill-name">
          {t("road.carrier", { carrier: nameOf(bill.carrier), number: bill.tracking_number })}
        </p>
        <span className="road-state">{word(bill.state)}</span>
      </div>
      <Action kind="quiet" onClick={copy}>
        {t("road.copy")}
      </Action>
      {steps.length > 0 ? <Story of={steps} /> : <p className="soft">{t("road.silent")}</p>}
    </div>
  );
}

function Shipment({
  of: shipment,
  order,
  mayReceive,
  mayShip,
}: {
  of: ShipmentOut;
  order: OrderOut;
  mayReceive: boolean;
  mayShip: boolean;
}) {
  const { t } = useTranslation("store-follow");
  const inWords = useSentence();
  const isOpen = shipment.state === "SHIPPED";
  return (
    <Card
      title={t("road.shipment", { number: shipment.number })}
      aside={
        <Action
          kind={isOpen && mayReceive ? "plain" : "quiet"}
          label={`${t(isOpen && mayReceive ? "road.receive" : "road.open")} ${shipment.number}`}
          onClick={() => void open("receive", { id: shipment.id })}
        >
          {t(isOpen && mayReceive ? "road.receive" : "road.open")}
        </Action>
      }
    >
      <p className="road-says">{inWords(shipmentSentence(shipment, order.seller_name))}</p>
      {shipment.note && <p className="soft">{shipment.note}</p>}
      {shipment.waybills.map((bill) => (
        <Bill key={bill.id} of={bill} />
      ))}
      {shipment.waybills.length === 0 && isOpen && <p className="soft">{t("road.none")}</p>}
      {shipment.waybills.length === 0 && isOpen && mayShip && <AddBill shipmentId={shipment.id} />}
    </Card>
  );
}

interface RoadProps {
  of: OrderOut;
  mayReceive: boolean;
  /** The seller's people may say which carrier has them. */
  mayShip: boolean;
}

/** Where the goods of an order are, the newest shipment first. */
export function Road({ of: order, mayReceive, mayShip }: RoadProps) {
  const newest = [...order.shipments].sort((one, other) => (one.shipped_at < other.shipped_at ? 1 : -1));
  return newest.map((shipment) => (
    <Shipment key={shipment.id} of={shipment} order={order} mayReceive={mayReceive} mayShip={mayShip} />
  ));
}
