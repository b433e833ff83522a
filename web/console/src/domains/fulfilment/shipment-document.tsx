import { money } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DifferenceReason, ShipmentPaperLineOut, ShipmentPaperOut } from "@/gen/model";
import { Attachments } from "@/ui/attachments";
import { ButtonLink } from "@/ui/button-link";
import { Comments } from "@/ui/comments";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { StockEntries } from "@/ui/stock-entries";
import { useFormat } from "@/ui/use-format";
import { addressText } from "./address";
import { PrintLink } from "./print-link";
import { Tracking } from "./tracking";
import { WaybillDialog } from "./waybill-dialog";

export interface Reader {
  userId: number;
  isStaff: boolean;
  mayAttach: boolean;
  maySeeStock: boolean;
}

function useColumns(currency: string): Column<ShipmentPaperLineOut>[] {
  const { t } = useTranslation("fulfilment");
  return useMemo(
    () => [
      {
        key: "sku",
        title: t("pick.sku"),
        width: 250,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">
              {row.sku_code} {row.specification}
            </span>
          </span>
        ),
      },
      {
        key: "shipped",
        title: t("shipment.shipped"),
        width: 120,
        numeric: true,
        render: (row) => <strong>{row.shipped_text}</strong>,
      },
      {
        key: "received",
        title: t("shipment.received"),
        width: 120,
        numeric: true,
        render: (row) => row.received_text || "–",
      },
      {
        key: "difference",
        title: t("shipment.difference"),
        width: 190,
        render: (row) =>
          row.reason ? (
            <span className="cell-two">
              <StateTag tone="bad">{t(`difference.${row.reason as DifferenceReason}`)}</StateTag>
              <span className="quiet">{row.reason_note}</span>
            </span>
          ) : (
            ""
          ),
      },
      {
        key: "lots",
        title: t("pick.lots"),
        width: 170,
        render: (row) => row.lots.map((lot) => `${lot.batch || lot.lot} ${lot.units_text}`).join(" · "),
      },
      {
        key: "amount",
        title: t("shipment.amount"),
        width: 120,
        numeric: true,
        render: (row) => money(row.gross_amount, currency),
      },
    ],
    [t, currency],
  );
}

function Head({ of: shipment }: { of: ShipmentPaperOut }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const where = addressText(shipment.address);
  const pairs: [string, React.ReactNode][] = [
    [
      t("shipment.order"),
      <Link key="order" to="/orders/$orderId" params={{ orderId: shipment.order_id }} className="figures">
        {shipment.order_number}
      </Link>,
    ],
    [t("shipment.buyer"), shipment.buyer_name],
    [t("shipment.from"), shipment.warehouse_name || shipment.seller_name],
    [t("shipment.address"), where || "–"],
    [t("shipment.shipped_at"), `${format.instant(shipment.shipped_at)} ${shipment.shipped_by}`],
    [t("shipment.received_at"), `${format.instant(shipment.received_at)} ${shipment.received_by}`],
    [t("bulk.note"), shipment.note || "–"],
  ];
  return (
    <Card title={t("shipment.about")}>
      <dl className="pairs">
        {pairs.map(([name, value]) => (
          <div className="pair" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** What can be done with a shipment now. */
export function ShipmentActions({ of: shipment, reader }: { of: ShipmentPaperOut; reader: Reader }) {
  const { t } = useTranslation("fulfilment");
  const [isAttaching, setIsAttaching] = useState(false);
  return (
    <>
      {reader.maySeeStock && (
        <StockEntries sourceType="shipment" sourceId={shipment.id} title={shipment.number} />
      )}
      <PrintLink kind="delivery" ids={[shipment.id]} label={t("print.delivery")} />
      {shipment.allowed_actions.includes("waybill") && (
        <Button onClick={() => setIsAttaching(true)}>{t("waybill.add")}</Button>
      )}
      {shipment.allowed_actions.includes("receive") && (
        <ButtonLink to="/warehouse/receive/$shipmentId" params={{ shipmentId: shipment.id }}>
          {t("receive.action")}
        </ButtonLink>
      )}
      {isAttaching && <WaybillDialog of={shipment} onClose={() => setIsAttaching(false)} />}
    </>
  );
}

/** One shipment: goods with lots and differences, the road, papers and words beside it. */
export function ShipmentDocument({ of: shipment, reader }: { of: ShipmentPaperOut; reader: Reader }) {
  const { t } = useTranslation("fulfilment");
  const columns = useColumns(shipment.currency);
  return (
    <div className="document">
      <div className="stack">
        <Card
          flush
          title={t("shipment.goods", { count: shipment.goods.length })}
          extra={<strong className="figures">{money(shipment.gross_amount, shipment.currency)}</strong>}
        >
          <SimpleTable
            columns={columns}
            rows={shipment.goods}
            rowKey={(row) => row.line_no}
            card={(row) => (
              <>
                <div className="phone-row">
                  <span className="cell-main">{row.sku_name}</span>
                  <strong className="figures">{row.shipped_text}</strong>
                </div>
                <div className="phone-row quiet figures">
                  <span>{row.sku_code}</span>
                  <span>{row.received_text && `${t("shipment.received")} ${row.received_text}`}</span>
                </div>
                {row.reason && (
                  <div>
                    <StateTag tone="bad">{t(`difference.${row.reason as DifferenceReason}`)}</StateTag>{" "}
                    {row.reason_note}
                  </div>
                )}
              </>
            )}
          />
        </Card>
        <Tracking of={shipment.waybills} mayWrite={shipment.allowed_actions.includes("waybill")} />
        <Attachments
          subjectType="shipment"
          subjectId={shipment.id}
          mayWrite={reader.mayAttach}
          userId={reader.userId}
          isPhotoFirst
        />
      </div>
      <div className="stack">
        <Head of={shipment} />
        <Comments subjectType="shipment" subjectId={shipment.id} isStaff={reader.isStaff} />
      </div>
    </div>
  );
}
