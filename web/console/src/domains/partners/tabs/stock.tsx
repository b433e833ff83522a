import { number } from "@shared/money";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListStockQueryKey, listStock } from "@/gen/inventory/inventory";
import type { StockOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { usePages } from "@/ui/use-pages";

/** What the partner has, and how long it lasts at the pace of the last 28 days. */
export function StockTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation("partners");
  const params = { organization_id: partnerId, group: "ORGANIZATION" as const };
  const pages = usePages(getListStockQueryKey(params), (cursor, signal) =>
    listStock({ ...params, cursor }, signal),
  );
  const columns = useMemo<Column<StockOut>[]>(
    () => [
      {
        key: "sku",
        title: t("price.goods"),
        width: 300,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      {
        key: "on_hand",
        title: t("stock.on_hand"),
        width: 140,
        numeric: true,
        render: (row) => row.on_hand_text,
      },
      {
        key: "transit",
        title: t("stock.in_transit"),
        width: 140,
        numeric: true,
        render: (row) => row.in_transit_text,
      },
      {
        key: "sold",
        title: t("stock.sold"),
        width: 130,
        numeric: true,
        render: (row) => number(row.sold_28_days),
      },
      {
        key: "cover",
        title: t("figure.cover"),
        width: 110,
        numeric: true,
        render: (row) =>
          row.days_of_cover === null ? "–" : t("figure.days", { days: number(row.days_of_cover, 0) }),
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t("tab.stock")}
      columns={columns}
      pages={pages}
      rowKey={(row) => row.sku_id}
      empty={t("stock.none")}
      card={(row) => (
        <>
          <span className="cell-main">{row.sku_name}</span>
          <div className="phone-row figures">
            <span className="quiet">{row.sku_code}</span>
            <span>{row.on_hand_text}</span>
          </div>
        </>
      )}
    />
  );
}
