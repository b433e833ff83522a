import { number, UNKNOWN, unitPrice } from "@shared/money";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut, RowOut } from "@/gen/model";
import { getListPriceRowsQueryKey, listPriceRows } from "@/gen/prices/prices";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";

function useColumns(currency: string): Column<RowOut>[] {
  const { t } = useTranslation("prices");
  return useMemo(
    () => [
      {
        key: "sku",
        title: t("row.sku"),
        width: 260,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      { key: "unit", title: t("row.unit"), width: 70, render: (row) => row.unit },
      {
        key: "price",
        title: t("row.price"),
        width: 120,
        numeric: true,
        render: (row) => unitPrice(row.unit_price, currency),
      },
      {
        key: "breaks",
        title: t("row.breaks"),
        width: 240,
        render: (row) =>
          row.breaks
            .map((step) =>
              t("row.break", {
                from: number(step.from_quantity),
                price: unitPrice(step.unit_price, currency),
              }),
            )
            .join("；") || UNKNOWN,
      },
      {
        key: "floor",
        title: t("row.floor"),
        width: 120,
        numeric: true,
        render: (row) => unitPrice(row.floor_price, currency),
      },
    ],
    [t, currency],
  );
}

/** The prices of one version, by goods and unit. */
export function PriceRows({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const [filters] = useFilters();
  const params = { text: one(filters.text) || undefined };
  const pages = usePages(getListPriceRowsQueryKey(version.id, params), (cursor, signal) =>
    listPriceRows(version.id, { ...params, cursor }, signal),
  );
  const columns = useColumns(version.currency);
  return (
    <>
      <FilterBar fields={[{ kind: "text", name: "text", placeholder: t("row.search") }]} />
      <DataTable
        label={t("row.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.sku_id} ${row.unit}`}
        empty={t("row.empty")}
        card={(row) => (
          <div className="phone-row">
            <span>{row.sku_name}</span>
            <span className="figures">
              {unitPrice(row.unit_price, version.currency)} / {row.unit}
            </span>
          </div>
        )}
      />
    </>
  );
}
