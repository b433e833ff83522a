import { number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListCountsQueryKey, listCounts } from "@/gen/inventory/inventory";
import type { CountOut, CountState, ListCountsParams } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useWarehouses } from "@/ui/warehouse-field";
import { CountTag } from "./states";

const STATES = [
  "PLANNED",
  "COUNTING",
  "REVIEW",
  "POSTED",
  "CANCELLED",
  "ABANDONED",
] as const satisfies readonly CountState[];

/** What a stock-take covers, in words. */
export function scopeText(t: TFunction<"inventory">, count: CountOut): string {
  const parts = [
    count.category_ids.length > 0 && t("count.scope_categories", { count: count.category_ids.length }),
    count.sku_ids.length > 0 && t("count.scope_skus", { count: count.sku_ids.length }),
  ].filter(Boolean);
  return parts.length ? parts.join(" + ") : t("count.scope_all");
}

function useColumns(): Column<CountOut>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("count.number"),
        width: 180,
        render: (row) => (
          <Link
            to="/warehouse/counts/$countId"
            params={{ countId: row.id }}
            className="cell-main figures nowrap"
          >
            {row.number}
          </Link>
        ),
      },
      { key: "state", title: t("count.state"), width: 110, render: (row) => <CountTag of={row.state} /> },
      { key: "place", title: t("stock.place"), width: 180, render: (row) => row.warehouse_name },
      { key: "scope", title: t("count.scope"), width: 150, render: (row) => scopeText(t, row) },
      {
        key: "lines",
        title: t("count.progress"),
        width: 80,
        numeric: true,
        render: (row) => number(row.line_count),
      },
      {
        key: "differs",
        title: t("count.difference"),
        width: 90,
        numeric: true,
        render: (row) => number((row.verdicts.DIFFERS ?? 0) + (row.verdicts.DISPUTED ?? 0)),
      },
      {
        key: "created",
        title: t("count.created"),
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
        title: t("count.remark_of"),
        width: 180,
        render: (row) => <span className="cell-clip">{row.note}</span>,
      },
    ],
    [t, format],
  );
}

/** Stock-takes, newest first. */
export function CountList({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const places = useWarehouses(organizationId);
  const wanted: ListCountsParams = {
    state: STATES.find((known) => known === one(filters.state)),
    warehouse_id: Number(one(filters.warehouse)) || undefined,
  };
  const pages = usePages(getListCountsQueryKey(wanted), (cursor, signal) =>
    listCounts({ ...wanted, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <>
      <FilterBar
        fields={[
          {
            kind: "choice",
            name: "state",
            placeholder: t("count.state"),
            options: STATES.map((value) => ({ value, label: t(`count.states.${value}`) })),
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
        label={t("count.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("count.none")}
        onOpen={(row) => void navigate({ to: "/warehouse/counts/$countId", params: { countId: row.id } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <Link
                to="/warehouse/counts/$countId"
                params={{ countId: row.id }}
                className="cell-main figures"
              >
                {row.number}
              </Link>
              <CountTag of={row.state} />
            </div>
            <div>
              {row.warehouse_name} · {scopeText(t, row)}
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
