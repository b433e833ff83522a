import { money, number } from "@shared/money";
import { Link } from "@tanstack/react-router";
import i18next from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LineOut, OrderOut, ShipmentLineOut, ShipmentOut, WaybillOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { SimpleTable } from "@/ui/simple-table";
import { useFormat } from "@/ui/use-format";
import { lineQuantity } from "./order-lines";
import { ShipmentStateTag } from "./states";

function Waybill({ of: bill }: { of: WaybillOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const key = `orders:waybill.${bill.state}`;
  const stateText = i18next.exists(key) ? String(i18next.t(key as never)) : bill.state;
  return (
    <p className="quiet">
      {bill.carrier} <span className="figures">{bill.tracking_number}</span> · {stateText}
      {bill.expected_at && ` · ${t("shipment.expected", { at: format.instant(bill.expected_at) })}`}
    </p>
  );
}

function useColumns(order: OrderOut): Column<ShipmentLineOut>[] {
  const { t } = useTranslation("orders");
  return useMemo(() => {
    const lines = new Map<number, LineOut>(order.lines.map((line) => [line.line_no, line]));
    const say = (row: ShipmentLineOut, value: string | null) => {
      const line = lines.get(row.line_no);
      return line ? lineQuantity(line, value) : number(value);
    };
    return [
      {
        key: "sku",
        title: t("line.sku"),
        width: 240,
        render: (row) => lines.get(row.line_no)?.sku_name ?? row.sku_id,
      },
      {
        key: "shipped",
        title: t("line.shipped"),
        width: 110,
        numeric: true,
        render: (row) => say(row, row.shipped),
      },
      {
        key: "received",
        title: t("line.received"),
        width: 110,
        numeric: true,
        render: (row) => say(row, row.received),
      },
      {
        key: "reason",
        title: t("shipment.difference"),
        width: 110,
        render: (row) => (row.reason ? t(`difference.${row.reason as "SHORT"}`) : ""),
      },
      {
        key: "amount",
        title: t("line.gross_amount"),
        width: 130,
        numeric: true,
        render: (row) => money(row.gross_amount, order.currency),
      },
    ];
  }, [order, t]);
}

function Shipment({ of: shipment, order }: { of: ShipmentOut; order: OrderOut }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const columns = useColumns(order);
  return (
    <Card
      flush
      title={
        <span className="title-row">
          <Link
            to="/warehouse/shipments/$shipmentId"
            params={{ shipmentId: shipment.id }}
            className="figures"
          >
            {shipment.number}
          </Link>
          <ShipmentStateTag of={shipment.state} />
        </span>
      }
      extra={
        <span className="quiet figures">
          {t("shipment.shipped_at", { at: format.instant(shipment.shipped_at) })}
          {shipment.received_at &&
            ` · ${t("shipment.received_at", { at: format.instant(shipment.received_at) })}`}
        </span>
      }
    >
      {(shipment.waybills.length > 0 || shipment.note) && (
        <div className="card-note">
          {shipment.waybills.map((bill) => (
            <Waybill key={bill.id} of={bill} />
          ))}
          {shipment.note && <p>{shipment.note}</p>}
        </div>
      )}
      <SimpleTable
        columns={columns}
        rows={shipment.lines}
        rowKey={(row) => row.line_no}
        card={(row) => (
          <div className="phone-row">
            <span>{columns[0]?.render(row)}</span>
            <span className="figures">{columns[1]?.render(row)}</span>
          </div>
        )}
      />
    </Card>
  );
}

/** The goods that left, each shipment with what arrived. */
export function OrderShipments({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  if (order.shipments.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t("shipment.title", { count: order.shipments.length })}</h2>
      {order.shipments.map((shipment) => (
        <Shipment key={shipment.id} of={shipment} order={order} />
      ))}
    </section>
  );
}
