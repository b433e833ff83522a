import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DifferenceReason, ShipmentPaperOut } from "@/gen/model";
import { useReceiveShipment } from "@/gen/orders/orders";
import { Attachments } from "@/ui/attachments";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { StockEntries } from "@/ui/stock-entries";
import { useDraft } from "@/ui/use-draft";
import { useFormat } from "@/ui/use-format";
import { useWarehouses, WarehouseField } from "@/ui/warehouse-field";
import { differenceOf, type Found, type FoundByLine, mistakeOf, ReceiveLine, sayUnits } from "./receive-line";
import { useRefreshGoods } from "./refresh";
import type { Reader } from "./shipment-document";

const NOTHING: FoundByLine = {};

function Place({
  organizationId,
  value,
  onChange,
}: {
  organizationId: number;
  value: number | undefined;
  onChange: (id: number | undefined) => void;
}) {
  const { t } = useTranslation("fulfilment");
  const places = useWarehouses(organizationId);
  if (places.length < 2) return null;
  return (
    <div className="field">
      <span>{t("receive.into")}</span>
      <WarehouseField organizationId={organizationId} value={value ?? places[0]?.id} onChange={onChange} />
    </div>
  );
}

function Form({ of: shipment, organizationId }: { of: ShipmentPaperOut; organizationId: number }) {
  const { t } = useTranslation("fulfilment");
  const { message } = App.useApp();
  const refresh = useRefreshGoods();
  const [found, setFound, clear] = useDraft<FoundByLine>(`receive ${shipment.id}`, NOTHING);
  const [placeId, setPlaceId] = useState<number>();
  const receive = useReceiveShipment({
    mutation: {
      onSuccess: () => {
        void message.success(t("receive.done", { number: shipment.number }));
        clear();
        refresh();
      },
    },
  });
  const named = shipment.goods.flatMap((line) => {
    const one = found[line.line_no];
    return one ? [{ line, one }] : [];
  });
  const isReady = named.every(({ line, one }) => mistakeOf(line, one) === null);
  const change = (lineNo: number, next: Found | undefined) => {
    const { [lineNo]: _, ...others } = found;
    setFound(next ? { ...others, [lineNo]: next } : others);
  };
  const send = () =>
    receive.mutate({
      shipmentId: shipment.id,
      data: {
        warehouse_id: placeId ?? null,
        differences: named.map(({ line, one }) =>
          differenceOf(line, one, t("receive.over_note", { quantity: sayUnits(line, one.amount ?? "0") })),
        ),
      },
    });
  return (
    <>
      <Card flush title={t("shipment.goods", { count: shipment.goods.length })}>
        <ul>
          {shipment.goods.map((line) => (
            <ReceiveLine
              key={line.line_no}
              of={line}
              found={found[line.line_no]}
              onChange={(next) => change(line.line_no, next)}
            />
          ))}
        </ul>
      </Card>
      <Place organizationId={organizationId} value={placeId} onChange={setPlaceId} />
      <Refusal of={receive.error} />
      <div className="entry-foot">
        <span className="quiet" role="status">
          {named.length ? t("receive.differences", { count: named.length }) : t("receive.all_fits")}
        </span>
        <Button type="primary" size="large" disabled={!isReady} loading={receive.isPending} onClick={send}>
          {named.length ? t("receive.confirm_part") : t("receive.confirm_all")}
        </Button>
      </div>
    </>
  );
}

/** What was booked: line by line what went into stock, what did not and why. */
function Booked({ of: shipment, maySeeStock }: { of: ShipmentPaperOut; maySeeStock: boolean }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  return (
    <Card
      flush
      title={t("receive.booked")}
      extra={
        maySeeStock && <StockEntries sourceType="shipment" sourceId={shipment.id} title={shipment.number} />
      }
    >
      <p className="card-note">
        {t(shipment.differences ? "receive.booked_part" : "receive.booked_all", {
          at: format.instant(shipment.received_at),
          person: shipment.received_by,
          count: shipment.differences,
        })}
      </p>
      <ul>
        {shipment.goods.map((line) => (
          <li key={line.line_no} className="receive-line">
            <div className="phone-row">
              <span className="cell-main">{line.sku_name}</span>
              <strong className="figures">{line.received_text}</strong>
            </div>
            {line.reason && (
              <div>
                <StateTag tone="bad">{t(`difference.${line.reason as DifferenceReason}`)}</StateTag>{" "}
                <span className="quiet figures">
                  {t("receive.sent", { quantity: line.shipped_text })} {line.reason_note}
                </span>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface ReceiveFormProps {
  of: ShipmentPaperOut;
  organizationId: number;
  reader: Reader;
}

/** Takes a shipment in, all of it or with differences; afterwards it says what stands in the books. */
export function ReceiveForm({ of: shipment, organizationId, reader }: ReceiveFormProps) {
  const { t } = useTranslation("fulfilment");
  const mayReceive = shipment.allowed_actions.includes("receive");
  return (
    <div className="stack receive">
      {mayReceive ? (
        <Form of={shipment} organizationId={organizationId} />
      ) : shipment.state === "RECEIVED" ? (
        <Booked of={shipment} maySeeStock={reader.maySeeStock} />
      ) : (
        <p className="quiet">{t("receive.not_yours")}</p>
      )}
      <Attachments
        subjectType="shipment"
        subjectId={shipment.id}
        mayWrite={reader.mayAttach}
        userId={reader.userId}
        isPhotoFirst
      />
    </div>
  );
}
