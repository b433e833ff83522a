import { shift } from "@shared/dates";
import { Link, useNavigate } from "@tanstack/react-router";
import { Tabs } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListShipmentsOfSideQueryKey, listShipmentsOfSide } from "@/gen/fulfilment/fulfilment";
import type { ListShipmentsOfSideParams, ShipmentListOut, ShipmentState, Side } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { PrintLink } from "./print-link";
import { trackingWord } from "./tracking";
import { ShipmentTag } from "./urgency";

const STATES = ["SHIPPED", "RECEIVED"] as const satisfies readonly ShipmentState[];
const SIDES = ["OUT", "IN", "ALL"] as const satisfies readonly Side[];

function useColumns(): Column<ShipmentListOut>[] {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("shipment.number"),
        width: 190,
        render: (row) => (
          <Link
            to="/warehouse/shipments/$shipmentId"
            params={{ shipmentId: row.id }}
            className="cell-main figures nowrap"
          >
            {row.number}
          </Link>
        ),
      },
      {
        key: "state",
        title: t("shipment.field_state"),
        width: 210,
        render: (row) => (
          <span className="tag-row">
            <ShipmentTag of={row.state} />
            {row.differences > 0 && <StateTag tone="bad">{t("shipment.differs")}</StateTag>}
          </span>
        ),
      },
      {
        key: "buyer",
        title: t("shipment.buyer"),
        width: 230,
        render: (row) => (
          <span className="cell-clip" title={row.buyer_name}>
            {row.buyer_name}
          </span>
        ),
      },
      {
        key: "seller",
        title: t("shipment.from"),
        width: 190,
        render: (row) => <span className="cell-clip">{row.warehouse_name || row.seller_name}</span>,
      },
      { key: "lines", title: t("shipment.lines"), width: 70, numeric: true, render: (row) => row.lines },
      {
        key: "waybill",
        title: t("shipment.waybill"),
        width: 220,
        render: (row) => {
          const bill = row.waybills.at(-1);
          return bill ? (
            <span className="cell-two">
              <span className="figures">{bill.tracking_number}</span>
              <span className="quiet">
                {bill.carrier} · {trackingWord(t, bill.state)}
              </span>
            </span>
          ) : (
            <span className="quiet">{t("shipment.no_waybill")}</span>
          );
        },
      },
      {
        key: "order",
        title: t("shipment.order"),
        width: 180,
        render: (row) => (
          <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="figures nowrap">
            {row.order_number}
          </Link>
        ),
      },
      {
        key: "shipped",
        title: t("shipment.shipped_at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.shipped_at),
      },
      {
        key: "received",
        title: t("shipment.received_at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.received_at),
      },
    ],
    [t, format],
  );
}

export function ShipmentCard({ of: row }: { of: ShipmentListOut }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const bill = row.waybills.at(-1);
  return (
    <>
      <div className="phone-row">
        <Link
          to="/warehouse/shipments/$shipmentId"
          params={{ shipmentId: row.id }}
          className="cell-main figures"
        >
          {row.number}
        </Link>
        <ShipmentTag of={row.state} />
      </div>
      <div>{row.buyer_name}</div>
      <div className="phone-row quiet figures">
        <span>{bill ? `${bill.carrier} ${bill.tracking_number}` : t("shipment.no_waybill")}</span>
        <span>{format.instant(row.shipped_at)}</span>
      </div>
    </>
  );
}

/** Shipments that left, that come, or all: with waybills, differences and papers. */
export function ShipmentDesk({ firstSide }: { firstSide: Side }) {
  const { t } = useTranslation("fulfilment");
  const navigate = useNavigate();
  const [filters, change] = useFilters();
  const [keys, setKeys] = useState<(string | number)[]>([]);
  const side = SIDES.find((known) => known === one(filters.side)) ?? firstSide;
  const until = one(filters.until);
  const wanted: ListShipmentsOfSideParams = {
    side,
    state: STATES.find((known) => known === one(filters.state)),
    text: one(filters.q) || undefined,
    date_from: one(filters.from) || undefined,
    date_until: until ? shift(until, { days: 1 }) : undefined,
    without_waybill: one(filters.waybill) === "none" || undefined,
  };
  const pages = usePages(getListShipmentsOfSideQueryKey(wanted), (cursor, signal) =>
    listShipmentsOfSide({ ...wanted, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <>
      <Tabs
        className="tabs"
        activeKey={side}
        items={SIDES.map((key) => ({ key, label: t(`shipment.side.${key}`) }))}
        onChange={(key) => change({ side: key })}
      />
      <FilterBar
        fields={[
          { kind: "text", name: "q", placeholder: t("shipment.search") },
          {
            kind: "choice",
            name: "state",
            placeholder: t("shipment.field_state"),
            options: STATES.map((value) => ({ value, label: t(`shipment.state.${value}`) })),
          },
          {
            kind: "choice",
            name: "waybill",
            placeholder: t("shipment.waybill"),
            options: [{ value: "none", label: t("shipment.no_waybill") }],
          },
          { kind: "days", from: "from", until: "until" },
        ]}
      />
      <DataTable
        label={t("shipment.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("shipment.none")}
        onOpen={(row) =>
          void navigate({ to: "/warehouse/shipments/$shipmentId", params: { shipmentId: row.id } })
        }
        selection={{
          keys,
          onChange: (next) => setKeys([...next]),
          nameOf: (row) => t("waiting.choose", { number: row.number }),
          bar: (rows) => (
            <PrintLink kind="delivery" ids={rows.map((row) => row.id)} label={t("print.delivery")} />
          ),
        }}
        card={(row) => <ShipmentCard of={row} />}
      />
    </>
  );
}
