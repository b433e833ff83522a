import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ShipmentRow, ShipmentState } from "@/gen/model";
import { getListShipmentsQueryKey, listShipments } from "@/gen/orders/orders";
import { useWarehouseName } from "@/lookups";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { ShipmentStateTag } from "./states";

const STATES = ["SHIPPED", "RECEIVED"] as const satisfies readonly ShipmentState[];

function useColumns(): Column<ShipmentRow>[] {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const nameOf = useWarehouseName();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("shipment.list"),
        width: 200,
        render: (row) => (
          <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="cell-main figures nowrap">
            {row.number}
          </Link>
        ),
      },
      {
        key: "state",
        title: t("field.state"),
        width: 120,
        render: (row) => <ShipmentStateTag of={row.state} />,
      },
      {
        key: "warehouse",
        title: t("shipment.warehouse"),
        width: 200,
        render: (row) => nameOf(row.warehouse_id),
      },
      {
        key: "shipped",
        title: t("shipment.field_shipped_at"),
        width: 150,
        numeric: true,
        render: (row) => format.instant(row.shipped_at),
      },
      {
        key: "received",
        title: t("shipment.field_received_at"),
        width: 150,
        numeric: true,
        render: (row) => format.instant(row.received_at),
      },
      {
        key: "note",
        title: t("ship.note"),
        width: 220,
        render: (row) => <span className="cell-clip">{row.note}</span>,
      },
    ],
    [t, format, nameOf],
  );
}

/** Goods that left, newest first; a row opens its order. */
export function ShipmentList() {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const state = STATES.find((known) => known === one(filters.state));
  const pages = usePages(getListShipmentsQueryKey({ state }), (cursor, signal) =>
    listShipments({ state, cursor }, signal),
  );
  const columns = useColumns();
  const options = STATES.map((value) => ({ value, label: t(`shipment_state.${value}`) }));
  return (
    <>
      <FilterBar fields={[{ kind: "choice", name: "state", placeholder: t("field.state"), options }]} />
      <DataTable
        label={t("shipment.list")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("shipment.empty")}
        onOpen={(row) => void navigate({ to: "/orders/$orderId", params: { orderId: row.order_id } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="cell-main figures">
                {row.number}
              </Link>
              <ShipmentStateTag of={row.state} />
            </div>
            <div className="quiet figures">{format.instant(row.shipped_at)}</div>
          </>
        )}
      />
    </>
  );
}
