import { number } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Tooltip } from "antd";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListStockQueryKey, listStock } from "@/gen/inventory/inventory";
import type { ListStockParams, StockOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { type Behind, MovementDrawer } from "./movement-drawer";
import { daysOf, GROUPS, KINDS, useStockFields } from "./stock-fields";

type Group = (typeof GROUPS)[number];

function Figure({ text, onOpen }: { text: string; onOpen: () => void }) {
  return (
    <button type="button" className="figure-link" onClick={onOpen}>
      {text}
    </button>
  );
}

function useColumns(group: Group, open: (row: StockOut, figure: Behind["figure"]) => void) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useMemo(() => {
    const columns: Column<StockOut>[] = [
      {
        key: "sku",
        title: t("stock.sku"),
        width: 200,
        render: (row) => (
          <div className="cell-two">
            <div className="cell-main cell-clip">
              {row.warehouse_id === null ? (
                row.sku_name
              ) : (
                <Link
                  to="/stock/card"
                  search={{ sku: String(row.sku_id), warehouse: String(row.warehouse_id) } as never}
                >
                  {row.sku_name}
                </Link>
              )}
            </div>
            <div className="quiet figures">{row.sku_code}</div>
          </div>
        ),
      },
    ];
    if (group !== "SKU") {
      columns.push({
        key: "owner",
        title: t("stock.owner"),
        width: 176,
        render: (row) => <span className="cell-clip">{row.organization_name}</span>,
      });
    }
    if (group === "PLACE" || group === "LOT") {
      columns.push({
        key: "place",
        title: t("stock.place"),
        width: 146,
        render: (row) => <span className="cell-clip">{row.warehouse_name}</span>,
      });
    }
    if (group === "LOT") {
      columns.push(
        { key: "lot", title: t("stock.lot"), width: 130, render: (row) => row.batch || row.lot },
        {
          key: "expires",
          title: t("stock.expires_on"),
          width: 120,
          numeric: true,
          render: (row) => format.day(row.expires_on),
        },
      );
    }
    columns.push(
      {
        key: "on_hand",
        title: t("stock.on_hand"),
        width: 116,
        numeric: true,
        render: (row) => (
          <>
            <Figure text={row.on_hand_text} onOpen={() => open(row, "ON_HAND")} />
            {row.is_negative && (
              <Tooltip title={t("stock.negative")}>
                <StateTag tone="bad">{""}</StateTag>
              </Tooltip>
            )}
          </>
        ),
      },
      {
        key: "held",
        title: t("stock.held"),
        width: 90,
        numeric: true,
        render: (row) =>
          row.held === null ? "–" : <Figure text={row.held_text} onOpen={() => open(row, "HELD")} />,
      },
      {
        key: "available",
        title: t("stock.available"),
        width: 116,
        numeric: true,
        render: (row) => <strong>{row.available === null ? "–" : row.available_text}</strong>,
      },
      {
        key: "transit",
        title: t("stock.in_transit"),
        width: 96,
        numeric: true,
        render: (row) => <Figure text={row.in_transit_text} onOpen={() => open(row, "IN_TRANSIT")} />,
      },
      {
        key: "cover",
        title: t("stock.cover"),
        width: 104,
        numeric: true,
        render: (row) =>
          row.days_of_cover === null
            ? "–"
            : t("stock.cover_days", { days: number(Math.round(Number(row.days_of_cover))) }),
      },
    );
    return columns;
  }, [t, format, group, open]);
}

interface StockListProps {
  organizationId: number;
  /** Tiers of partners to narrow to; nothing where there are no partners below. */
  tiers: readonly string[];
  /** What expires soon, by lot. */
  isExpiring?: boolean;
}

/** Stock of every tier in the reader's reach, now or at the end of a past day; every figure opens its entries. */
export function StockList({ organizationId, tiers, isExpiring = false }: StockListProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const [filters] = useFilters();
  const [behind, setBehind] = useState<Behind | null>(null);
  const cover = daysOf(one(filters.cover));
  const group = cover ? "ORGANIZATION" : (GROUPS.find((known) => known === one(filters.group)) ?? "PLACE");
  const day = one(filters.on);
  const soon = daysOf(one(filters.soon)) ?? (isExpiring ? "30" : undefined);
  const fields = useStockFields({ organizationId, tiers, soon, cover });
  const wanted: ListStockParams = {
    group: soon ? "LOT" : group,
    on: day || undefined,
    text: one(filters.q),
    organization_id: Number(one(filters.organization)) || undefined,
    sku_id: Number(one(filters.sku)) || undefined,
    warehouse_id: Number(one(filters.warehouse)) || undefined,
    category_id: Number(one(filters.category)) || undefined,
    kind: KINDS.find((known) => known === one(filters.kind)),
    tier: one(filters.tier) || undefined,
    cover_below: cover && !soon ? Number(cover) : undefined,
    expires_before: soon ? dayjs(format.today()).add(Number(soon), "day").format("YYYY-MM-DD") : undefined,
  };
  const pages = usePages(getListStockQueryKey(wanted), (cursor, signal) =>
    listStock({ ...wanted, cursor }, signal),
  );
  const open = useMemo(
    () => (row: StockOut, figure: Behind["figure"]) =>
      setBehind({ row, figure, day, isByLot: wanted.group === "LOT" }),
    [day, wanted.group],
  );
  const columns = useColumns(wanted.group ?? "PLACE", open);
  return (
    <>
      <FilterBar fields={fields} />
      <DataTable
        label={t("stock.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.sku_id} ${row.organization_id} ${row.warehouse_id} ${row.lot}`}
        empty={t("stock.empty")}
        onOpen={(row) => open(row, "ON_HAND")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{row.sku_name}</span>
              <strong className="figures">
                {row.available === null ? row.on_hand_text : row.available_text}
              </strong>
            </div>
            <div className="phone-row quiet">
              <span className="cell-clip">{row.warehouse_name || row.organization_name || row.sku_code}</span>
              <span className="figures">
                {t("stock.in_transit")} {row.in_transit_text}
              </span>
            </div>
          </>
        )}
      />
      <MovementDrawer behind={behind} onClose={() => setBehind(null)} />
    </>
  );
}
