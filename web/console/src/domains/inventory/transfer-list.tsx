import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListTransfersQueryKey, listTransfers } from "@/gen/inventory/inventory";
import type { ListTransfersParams, TransferOut, TransferState } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useWarehouses } from "@/ui/warehouse-field";
import { TransferTag } from "./states";

const STATES = ["SENT", "RECEIVED", "CANCELLED"] as const satisfies readonly TransferState[];

function useColumns(): Column<TransferOut>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("transfer.number"),
        width: 180,
        render: (row) => (
          <Link
            to="/warehouse/transfers/$transferId"
            params={{ transferId: row.id }}
            className="cell-main figures nowrap"
          >
            {row.number}
          </Link>
        ),
      },
      {
        key: "state",
        title: t("transfer.state"),
        width: 110,
        render: (row) => <TransferTag of={row.state} />,
      },
      { key: "from", title: t("transfer.from"), width: 170, render: (row) => row.from_warehouse_name },
      { key: "to", title: t("transfer.to"), width: 170, render: (row) => row.to_warehouse_name },
      {
        key: "sent",
        title: t("transfer.sent"),
        width: 160,
        numeric: true,
        render: (row) => (
          <span className="cell-two">
            <span>{format.instant(row.sent_at)}</span>
            <span className="quiet">{row.sent_by_name}</span>
          </span>
        ),
      },
      {
        key: "received",
        title: t("transfer.received"),
        width: 160,
        numeric: true,
        render: (row) => (
          <span className="cell-two">
            <span>{format.instant(row.received_at)}</span>
            <span className="quiet">{row.received_by_name}</span>
          </span>
        ),
      },
      {
        key: "note",
        title: t("entry.remark"),
        width: 200,
        render: (row) => <span className="cell-clip">{row.note}</span>,
      },
    ],
    [t, format],
  );
}

/** Goods between warehouses of one organization, newest first. */
export function TransferList({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const places = useWarehouses(organizationId);
  const wanted: ListTransfersParams = {
    state: STATES.find((known) => known === one(filters.state)),
    warehouse_id: Number(one(filters.warehouse)) || undefined,
  };
  const pages = usePages(getListTransfersQueryKey(wanted), (cursor, signal) =>
    listTransfers({ ...wanted, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <>
      <FilterBar
        fields={[
          {
            kind: "choice",
            name: "state",
            placeholder: t("transfer.state"),
            options: STATES.map((value) => ({ value, label: t(`transfer.states.${value}`) })),
          },
          {
            kind: "choice",
            name: "warehouse",
            placeholder: t("warehouse.one"),
            options: places.map((place) => ({ value: String(place.id), label: place.name })),
          },
        ]}
      />
      <DataTable
        label={t("transfer.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("transfer.none")}
        onOpen={(row) =>
          void navigate({ to: "/warehouse/transfers/$transferId", params: { transferId: row.id } })
        }
        card={(row) => (
          <>
            <div className="phone-row">
              <Link
                to="/warehouse/transfers/$transferId"
                params={{ transferId: row.id }}
                className="cell-main figures"
              >
                {row.number}
              </Link>
              <TransferTag of={row.state} />
            </div>
            <div>
              {row.from_warehouse_name} → {row.to_warehouse_name}
            </div>
            <div className="quiet figures">
              {format.instant(row.sent_at)} {row.sent_by_name}
            </div>
          </>
        )}
      />
    </>
  );
}
