import { money } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow } from "@/gen/model";
import { getListOrdersQueryKey, listOrders } from "@/gen/orders/orders";
import { type Column, DataTable } from "@/ui/data-table";
import { StateTag, type Tone } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";

const TONES: Partial<Record<OrderRow["state"], Tone>> = {
  COMPLETED: "good",
  SHIPPED: "note",
  PARTIALLY_SHIPPED: "note",
  CANCELLED: "idle",
};

function State({ of: state }: { of: OrderRow["state"] }) {
  const { t } = useTranslation("orders");
  return <StateTag tone={TONES[state] ?? "wait"}>{t(`state.${state}`)}</StateTag>;
}

/** What the partner bought, and what it sold to those below it. */
export function OrdersTab({ partnerId, actions }: { partnerId: number; actions?: React.ReactNode }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const navigate = useNavigate();
  const [side, setSide] = useState<"buyer" | "seller">("buyer");
  const params = side === "buyer" ? { buyer_id: partnerId } : { seller_id: partnerId };
  const pages = usePages(getListOrdersQueryKey(params), (cursor, signal) =>
    listOrders({ ...params, cursor }, signal),
  );
  const columns = useMemo<Column<OrderRow>[]>(
    () => [
      {
        key: "number",
        title: t("order.number"),
        width: 190,
        render: (row) => (
          <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures nowrap">
            {row.number}
          </Link>
        ),
      },
      { key: "state", title: t("field.status"), width: 120, render: (row) => <State of={row.state} /> },
      {
        key: "day",
        title: t("order.day"),
        width: 110,
        numeric: true,
        render: (row) => format.day(row.business_date),
      },
      {
        key: "amount",
        title: t("order.amount"),
        width: 140,
        numeric: true,
        render: (row) => money(row.gross_amount, row.currency),
      },
      {
        key: "other",
        title: t(side === "buyer" ? "order.seller" : "order.buyer"),
        width: 240,
        render: (row) => (
          <span className="cell-clip">{side === "buyer" ? row.seller_name : row.buyer_name}</span>
        ),
      },
    ],
    [t, format, side],
  );
  return (
    <>
      <div className="list-tools">
        <Segmented
          value={side}
          onChange={setSide}
          options={[
            { value: "buyer", label: t("order.bought") },
            { value: "seller", label: t("order.sold") },
          ]}
        />
        {actions}
      </div>
      <DataTable
        label={t("tab.orders")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t(side === "buyer" ? "order.none_bought" : "order.none_sold")}
        onOpen={(row) => void navigate({ to: "/orders/$orderId", params: { orderId: row.id } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures">
                {row.number}
              </Link>
              <State of={row.state} />
            </div>
            <div className="phone-row figures">
              <span className="quiet">{format.day(row.business_date)}</span>
              <span>{money(row.gross_amount, row.currency)}</span>
            </div>
          </>
        )}
      />
    </>
  );
}
