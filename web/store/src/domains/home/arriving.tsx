import { useTranslation } from "react-i18next";
import { useListShipmentsOfSide } from "@/gen/fulfilment/fulfilment";
import { open } from "@/navigation";
import { may, useSession } from "@/session";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import "./home.scss";

const SHOWN = 3;

/** What is on its way here; nothing while nothing is. */
export function Arriving() {
  const { t } = useTranslation();
  const format = useFormat();
  const mayReceive = may(useSession(), "orders:receive");
  const { data } = useListShipmentsOfSide(
    { side: "IN", state: "SHIPPED", limit: SHOWN },
    { query: { enabled: mayReceive } },
  );
  if (!data || data.items.length === 0) return null;
  return (
    <Card
      title={t("home.today")}
      aside={
        <Tap className="home-all" onClick={() => void open("arrivals")}>
          {t("home.all")}
        </Tap>
      }
    >
      <ul>
        {data.items.map((shipment) => (
          <li key={shipment.id}>
            <Tap
              className="home-row"
              aria-label={t("home.open_shipment", { number: shipment.number })}
              onClick={() => void open("receive", { id: shipment.id })}
            >
              <Icon name="truck" />
              <span className="home-words">
                <span>{shipment.seller_name}</span>
                <span className="soft">
                  {t("home.arriving", { lines: shipment.lines, at: format.spoken(shipment.shipped_at) })}
                </span>
              </span>
              <Icon name="next" />
            </Tap>
          </li>
        ))}
      </ul>
    </Card>
  );
}
