import { useRouter } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { type Reader, useReader } from "@/domains/orders/reader";
import { useReceiveForm } from "@/domains/orders/receive-form";
import { useGetShipment } from "@/gen/fulfilment/fulfilment";
import type { DifferenceReason, ShipmentPaperOut } from "@/gen/model";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";

/** What was booked, or, for who only looks, what is under way. */
function Booked({ of: shipment }: { of: ShipmentPaperOut }) {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  const said = { at: format.spoken(shipment.received_at), who: shipment.received_by };
  return (
    <>
      {shipment.received_at && (
        <Card>
          <p className="order-says">
            {t(shipment.received_by ? "receive.already" : "receive.already_alone", said)}
          </p>
        </Card>
      )}
      <Card title={t("order.goods")}>
        <ul>
          {shipment.goods.map((line) => (
            <li key={line.line_no} className="receive-line">
              <p className="receive-line-name">{line.sku_name}</p>
              <p className="soft">
                {[
                  t("receive.shipped", { quantity: line.shipped_text }),
                  line.received !== null && t("receive.booked", { quantity: line.received_text }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
              {line.reason && (
                <p className="receive-differs">
                  {t(`receive.reason.${line.reason as DifferenceReason}`)} {line.reason_note}
                </p>
              )}
            </li>
          ))}
        </ul>
      </Card>
      <Action kind="plain" isWide onClick={() => void open("order", { id: shipment.order_id })}>
        {t("list.open", { number: shipment.order_number })}
      </Action>
    </>
  );
}

function Receiving({ of: shipment, reader, code }: { of: ShipmentPaperOut; reader: Reader; code?: string }) {
  const { mayAttach, seesStock } = reader;
  const { content, footer } = useReceiveForm({ of: shipment, mayAttach, seesStock, code });
  return (
    <Page title={shipment.number} footer={footer}>
      {content}
    </Page>
  );
}

export default function ReceivePage() {
  const { t } = useTranslation("store-follow");
  const { id = "", code } = useRouter().params;
  const reader = useReader();
  const shipment = useGetShipment(id);
  const mayReceive =
    reader &&
    shipment.data?.buyer_id === reader.organizationId &&
    shipment.data.allowed_actions.includes("receive");
  if (shipment.data && reader && mayReceive)
    return (
      <Receiving of={shipment.data} reader={reader} code={code ? decodeURIComponent(code) : undefined} />
    );
  return (
    <Page title={shipment.data?.number ?? t("receive.title")}>
      <Answered of={shipment}>{(data) => <Booked of={data} />}</Answered>
    </Page>
  );
}
