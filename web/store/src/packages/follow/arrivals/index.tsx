import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReader } from "@/domains/orders/reader";
import { shipmentSentence } from "@/domains/orders/say";
import { useSentence } from "@/domains/orders/use-sentence";
import {
  getListShipmentsOfSideQueryKey,
  getShipment,
  listShipmentsOfSide,
} from "@/gen/fulfilment/fulfilment";
import { findGoods } from "@/gen/inventory/inventory";
import type { ListShipmentsOfSideParams, ShipmentListOut } from "@/gen/model";
import { open } from "@/navigation";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { SearchBox } from "@/ui/search-box";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { usePages } from "@/ui/use-pages";
import { Whole } from "@/ui/whole";
import "@/ui/card.scss";
import "./index.scss";

const ON_THE_WAY = { side: "IN", state: "SHIPPED" } as const satisfies ListShipmentsOfSideParams;
const LOOKED_AT = 20;

function Arrival({ of: shipment }: { of: ShipmentListOut }) {
  const { t } = useTranslation("store-follow");
  const inWords = useSentence();
  return (
    <Tap
      className="arrival"
      aria-label={t("arrivals.open", { number: shipment.number })}
      onClick={() => void open("receive", { id: shipment.id })}
    >
      <p className="arrival-says">{inWords(shipmentSentence(shipment, shipment.seller_name))}</p>
      <p className="soft">
        <Whole>
          {[
            shipment.number,
            ...shipment.waybills.map((bill) => bill.tracking_number),
            t("arrivals.lines", { count: shipment.lines }),
          ].join(" · ")}
        </Whole>
      </p>
    </Tap>
  );
}

/** The shipment a code belongs to: its own number, a waybill's, or the newest one with these goods in it. */
async function shipmentOf(code: string): Promise<{ id: string; goods?: string } | null> {
  const named = await listShipmentsOfSide({ ...ON_THE_WAY, text: code, limit: 1 });
  if (named.items[0]) return { id: named.items[0].id };
  const [goods] = await findGoods({ text: code, limit: 1 });
  if (!goods) return null;
  const open = await listShipmentsOfSide({ ...ON_THE_WAY, limit: LOOKED_AT });
  for (const shipment of open.items) {
    const paper = await getShipment(shipment.id);
    if (paper.goods.some((line) => line.sku_id === goods.sku_id)) return { id: shipment.id, goods: code };
  }
  return null;
}

/** What is on its way to me: found by eye, by number, or by scanning whatever is at hand. */
export default function ArrivalsPage() {
  const { t } = useTranslation("store-follow");
  const reader = useReader();
  const [text, setText] = useState("");
  const [missed, setMissed] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const wanted = { ...ON_THE_WAY, text, limit: 20 };
  const pages = usePages(
    getListShipmentsOfSideQueryKey(wanted),
    (cursor, signal) => listShipmentsOfSide({ ...wanted, cursor }, signal),
    reader !== undefined,
  );
  const scan = async (code: string) => {
    setMissed(null);
    setError(null);
    try {
      const found = await shipmentOf(code);
      if (found) await open("receive", found.goods ? { id: found.id, code: found.goods } : { id: found.id });
      else setMissed(code);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Page title={t("arrivals.title")}>
      <SearchBox
        label={t("arrivals.hint")}
        hint={t("arrivals.hint")}
        value={text}
        onChange={setText}
        scan={{ label: t("arrivals.scan"), onCode: (code) => void scan(code) }}
      />
      {missed && (
        <p className="soft" role="status">
          {t("arrivals.not_found", { code: missed })}
        </p>
      )}
      {error !== null && <Refused error={error} />}
      <Answered of={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon="truck" text={text ? t("arrivals.not_found", { code: text }) : t("arrivals.none")} />
          ) : (
            <>
              <ul>
                {rows.map((shipment) => (
                  <li key={shipment.id}>
                    <Arrival of={shipment} />
                  </li>
                ))}
              </ul>
              <More of={pages} />
            </>
          )
        }
      </Answered>
    </Page>
  );
}
