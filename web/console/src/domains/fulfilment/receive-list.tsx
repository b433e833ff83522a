import { Link, useNavigate } from "@tanstack/react-router";
import { Tabs } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListShipmentsOfSideQueryKey, listShipmentsOfSide } from "@/gen/fulfilment/fulfilment";
import type { ListShipmentsOfSideParams, ShipmentListOut, ShipmentState } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { trackingWord } from "./tracking";
import { ShipmentTag } from "./urgency";

const STATES = ["SHIPPED", "RECEIVED"] as const satisfies readonly ShipmentState[];

function Road({ of: row }: { of: ShipmentListOut }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const bill = row.waybills.at(-1);
  if (!bill) return <span className="quiet">{t("shipment.no_waybill")}</span>;
  return (
    <span className="cell-two">
      <span>
        {bill.carrier} <span className="figures">{bill.tracking_number}</span>
      </span>
      <span className="quiet">
        {trackingWord(t, bill.state)}
        {bill.expected_at && ` · ${t("tracking.expected", { at: format.instant(bill.expected_at) })}`}
      </span>
    </span>
  );
}

function useColumns(state: ShipmentState): Column<ShipmentListOut>[] {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  return useMemo(() => {
    const columns: Column<ShipmentListOut>[] = [
      {
        key: "number",
        title: t("shipment.number"),
        width: 190,
        render: (row) => (
          <Link
            to="/warehouse/receive/$shipmentId"
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
        key: "seller",
        title: t("receive.seller"),
        width: 220,
        render: (row) => <span className="cell-clip">{row.seller_name}</span>,
      },
      { key: "lines", title: t("shipment.lines"), width: 70, numeric: true, render: (row) => row.lines },
      { key: "road", title: t("shipment.waybill"), width: 270, render: (row) => <Road of={row} /> },
      {
        key: "shipped",
        title: t("shipment.shipped_at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.shipped_at),
      },
    ];
    // What is under way was not received yet: no column of dashes.
    if (state === "RECEIVED")
      columns.push({
        key: "received",
        title: t("shipment.received_at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.received_at),
      });
    return columns;
  }, [t, format, state]);
}

/** What is under way to us, and what was taken in. */
export function ReceiveList() {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters, change] = useFilters();
  const state = STATES.find((known) => known === one(filters.state)) ?? "SHIPPED";
  const wanted: ListShipmentsOfSideParams = { side: "IN", state, text: one(filters.q) || undefined };
  const pages = usePages(getListShipmentsOfSideQueryKey(wanted), (cursor, signal) =>
    listShipmentsOfSide({ ...wanted, cursor }, signal),
  );
  const columns = useColumns(state);
  return (
    <>
      <Tabs
        className="tabs"
        activeKey={state}
        items={STATES.map((key) => ({ key, label: t(`receive.view.${key}`) }))}
        onChange={(key) => change({ state: key === "SHIPPED" ? undefined : key })}
      />
      <FilterBar fields={[{ kind: "text", name: "q", placeholder: t("receive.search") }]} />
      <DataTable
        label={t("receive.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t(state === "SHIPPED" ? "receive.none" : "receive.none_received")}
        onOpen={(row) =>
          void navigate({ to: "/warehouse/receive/$shipmentId", params: { shipmentId: row.id } })
        }
        card={(row) => (
          <>
            <div className="phone-row">
              <Link
                to="/warehouse/receive/$shipmentId"
                params={{ shipmentId: row.id }}
                className="cell-main figures"
              >
                {row.number}
              </Link>
              <ShipmentTag of={row.state} />
            </div>
            <div>{row.seller_name}</div>
            <div className="phone-row quiet figures">
              <span>{t("receive.lines", { count: row.lines })}</span>
              <span>{format.instant(row.shipped_at)}</span>
            </div>
            <Road of={row} />
          </>
        )}
      />
    </>
  );
}
