import { number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListAdjustmentsQueryKey, listAdjustments } from "@/gen/inventory/inventory";
import type { AdjustmentOut, AdjustmentReason, AdjustmentState, ListAdjustmentsParams } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useWarehouses } from "@/ui/warehouse-field";
import { AdjustmentTag } from "./states";

const STATES = ["SUBMITTED", "POSTED", "REJECTED", "WITHDRAWN"] as const satisfies readonly AdjustmentState[];
export const REASONS = [
  "DAMAGE",
  "LOSS",
  "EXPIRED",
  "SAMPLE",
  "OWN_USE",
  "FOUND",
  "CORRECTION",
  "OPENING",
  "OTHER",
] as const satisfies readonly AdjustmentReason[];

function useColumns(): Column<AdjustmentOut>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("adjustment.number"),
        width: 180,
        render: (row) => (
          <Link
            to="/warehouse/adjustments/$adjustmentId"
            params={{ adjustmentId: row.id }}
            className="cell-main figures nowrap"
          >
            {row.number}
          </Link>
        ),
      },
      {
        key: "state",
        title: t("adjustment.state"),
        width: 110,
        render: (row) => <AdjustmentTag of={row.state} />,
      },
      {
        key: "reason",
        title: t("entry.reason"),
        width: 100,
        render: (row) => t(`adjustment.reasons.${row.reason}`),
      },
      { key: "place", title: t("stock.place"), width: 180, render: (row) => row.warehouse_name },
      {
        key: "total",
        title: t("adjustment.total"),
        width: 110,
        numeric: true,
        render: (row) => number(row.total_units),
      },
      {
        key: "created",
        title: t("adjustment.created"),
        width: 160,
        numeric: true,
        render: (row) => (
          <span className="cell-two">
            <span>{format.instant(row.created_at)}</span>
            <span className="quiet">{row.created_by_name}</span>
          </span>
        ),
      },
      {
        key: "note",
        title: t("entry.remark"),
        width: 220,
        render: (row) => <span className="cell-clip">{row.note}</span>,
      },
    ],
    [t, format],
  );
}

/** Adjustments, newest first; one that waits for approval says so. */
export function AdjustmentList({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const places = useWarehouses(organizationId);
  const wanted: ListAdjustmentsParams = {
    state: STATES.find((known) => known === one(filters.state)),
    reason: REASONS.find((known) => known === one(filters.reason)),
    warehouse_id: Number(one(filters.warehouse)) || undefined,
  };
  const pages = usePages(getListAdjustmentsQueryKey(wanted), (cursor, signal) =>
    listAdjustments({ ...wanted, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <>
      <FilterBar
        fields={[
          {
            kind: "choice",
            name: "state",
            placeholder: t("adjustment.state"),
            options: STATES.map((value) => ({ value, label: t(`adjustment.states.${value}`) })),
          },
          {
            kind: "choice",
            name: "reason",
            placeholder: t("entry.reason"),
            options: REASONS.map((value) => ({ value, label: t(`adjustment.reasons.${value}`) })),
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
        label={t("adjustment.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("adjustment.none")}
        onOpen={(row) =>
          void navigate({ to: "/warehouse/adjustments/$adjustmentId", params: { adjustmentId: row.id } })
        }
        card={(row) => (
          <>
            <div className="phone-row">
              <Link
                to="/warehouse/adjustments/$adjustmentId"
                params={{ adjustmentId: row.id }}
                className="cell-main figures"
              >
                {row.number}
              </Link>
              <AdjustmentTag of={row.state} />
            </div>
            <div className="phone-row">
              <span>
                {t(`adjustment.reasons.${row.reason}`)} · {row.warehouse_name}
              </span>
              <span className="figures">{number(row.total_units)}</span>
            </div>
            <div className="quiet figures">
              {format.instant(row.created_at)} {row.created_by_name}
            </div>
          </>
        )}
      />
    </>
  );
}
