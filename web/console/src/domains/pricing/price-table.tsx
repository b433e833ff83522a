import { number, UNKNOWN } from "@shared/money";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ShownPriceOut } from "@/gen/model";
import { getListPricesQueryKey, listPrices } from "@/gen/prices/prices";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { type Per, PerSwitch, pricePer, unitOf, usePer } from "./per-unit";

interface PriceTableProps {
  /** Undefined: the reader's own organization. */
  buyerId: number | undefined;
  on: string | undefined;
  onWhy: (row: ShownPriceOut) => void;
}

function useColumns(onWhy: (row: ShownPriceOut) => void, per: Per): Column<ShownPriceOut>[] {
  const { t } = useTranslation("prices");
  return useMemo(
    () => [
      {
        key: "goods",
        title: t("page.goods"),
        width: 280,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      { key: "unit", title: t("row.unit"), width: 80, render: (row) => unitOf(row, per) },
      {
        key: "price",
        title: t("row.price"),
        width: 130,
        numeric: true,
        render: (row) => pricePer(row, row.unit_price, per),
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
                price: pricePer(row, step.unit_price, per),
              }),
            )
            .join("；") || UNKNOWN,
      },
      { key: "list", title: t("page.list"), width: 140, render: (row) => row.list_code },
      {
        key: "why",
        title: <span className="unseen">{t("why")}</span>,
        width: 90,
        render: (row) => (
          <Button type="link" size="small" onClick={() => onWhy(row)}>
            {t("why")}
          </Button>
        ),
      },
    ],
    [t, onWhy, per],
  );
}

/** What one buyer pays for everything it may order. */
export function PriceTable({ buyerId, on, onWhy }: PriceTableProps) {
  const { t } = useTranslation("prices");
  const [filters] = useFilters();
  const params = { buyer_id: buyerId, on, text: one(filters.text) || undefined };
  const pages = usePages(getListPricesQueryKey(params), (cursor, signal) =>
    listPrices({ ...params, cursor }, signal),
  );
  const per = usePer();
  const columns = useColumns(onWhy, per);
  return (
    <>
      <FilterBar fields={[{ kind: "text", name: "text", placeholder: t("page.search") }]} />
      <PerSwitch />
      <DataTable
        label={t("page.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.sku_id}
        empty={t("page.empty")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span>{row.sku_name}</span>
              <span className="figures">
                {pricePer(row, row.unit_price, per)} / {unitOf(row, per)}
              </span>
            </div>
            <div className="phone-row">
              <span className="quiet figures">{row.sku_code}</span>
              <Button type="link" size="small" onClick={() => onWhy(row)}>
                {t("why")}
              </Button>
            </div>
          </>
        )}
      />
    </>
  );
}
