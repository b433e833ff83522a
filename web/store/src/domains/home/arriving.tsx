import { useTranslation } from "react-i18next";
import { shipmentSentence } from "@/domains/orders/say";
import { useSentence } from "@/domains/orders/use-sentence";
import { useListShipmentsOfSide } from "@/gen/fulfilment/fulfilment";
import type { ShipmentListOut } from "@/gen/model";
import { open } from "@/navigation";
import { may, useSession } from "@/session";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { Whole } from "@/ui/whole";
import { byArrival } from "./arrivals";
import "./home.scss";

const SHOWN = 3;
const LOOKED_AT = 20;

function Shipment({ of: shipment }: { of: ShipmentListOut }) {
  const { t } = useTranslation();
  const inWords = useSentence();
  return (
    <li>
      <Tap
        className="home-row"
        aria-label={t("home.open_shipment", { number: shipment.number })}
        onClick={() => void open("receive", { id: shipment.id })}
      >
        <Icon name="truck" />
        <span className="home-words">
          <span>{inWords(shipmentSentence(shipment, shipment.seller_name))}</span>
          <span className="soft">
            <Whole>{t("home.arriving", { lines: shipment.lines, number: shipment.number })}</Whole>
          </span>
        </span>
        <Icon name="next" />
      </Tap>
    </li>
  );
}

/** What arrives today, and what else is on its way here; nothing while nothing is. */
export function Arriving() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayReceive = may(useSession(), "orders:receive");
  const { data } = useListShipmentsOfSide(
    { side: "IN", state: "SHIPPED", limit: LOOKED_AT },
    { query: { enabled: mayReceive } },
  );
  if (!data || data.items.length === 0) return null;
  const { today, later } = byArrival(data.items, (at) => format.daysUntil(at) <= 0);
  const shown = today.length > 0 ? today : later;
  return (
    <Card
      title={today.length > 0 ? t("home.arrives_today", { count: today.length }) : t("home.today")}
      aside={
        <Tap className="home-all" onClick={() => void open("arrivals")}>
          {t("home.all")}
        </Tap>
      }
    >
      <ul>
        {shown.slice(0, SHOWN).map((shipment) => (
          <Shipment key={shipment.id} of={shipment} />
        ))}
      </ul>
      {today.length > 0 && later.length > 0 && (
        <p className="soft">{t("home.arrives_later", { count: later.length })}</p>
      )}
    </Card>
  );
}
