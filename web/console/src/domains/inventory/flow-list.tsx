import { number } from "@shared/money";
import { DatePicker, Switch } from "antd";
import dayjs from "dayjs";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFindGoods, useGetStockFlows } from "@/gen/inventory/inventory";
import type { FlowOut, GoodsOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { type Column, DataTable } from "@/ui/data-table";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

const FIGURES = [
  "opening",
  "received",
  "transferred",
  "returned",
  "sold_within",
  "sold_out",
  "adjusted",
  "supplied",
  "closing",
] as const;

function useColumns(goods: ReadonlyMap<number, GoodsOut>): Column<FlowOut>[] {
  const { t } = useTranslation("inventory");
  return useMemo(
    () => [
      {
        key: "sku",
        title: t("flows.sku"),
        width: 230,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main cell-clip">{goods.get(row.sku_id)?.name ?? row.sku_id}</span>
            <span className="quiet figures">{goods.get(row.sku_id)?.code}</span>
          </span>
        ),
      },
      ...FIGURES.map((name) => ({
        key: name,
        title: t(`flows.${name}`),
        width: 105,
        numeric: true,
        render: (row: FlowOut) =>
          name === "opening" || name === "closing" ? (
            <strong>{number(row[name])}</strong>
          ) : row[name] === "0" ? (
            "–"
          ) : (
            number(row[name])
          ),
      })),
    ],
    [t, goods],
  );
}

/** Opening, what came and went, closing, by sku, for a range of days. */
export function FlowList() {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const [filters, change] = useFilters();
  const today = format.today();
  const first = one(filters.first) || `${today.slice(0, 7)}-01`;
  const last = one(filters.last) || today;
  const found = useGetStockFlows({ first, last });
  const rows = found.data ?? [];
  const goods = useFindGoods(
    { sku_id: rows.slice(0, 500).map((row) => row.sku_id), limit: 500 },
    { query: { enabled: rows.length > 0 } },
  );
  const known = useMemo(() => new Map(goods.data?.map((sku) => [sku.sku_id, sku])), [goods.data]);
  const columns = useColumns(known);
  const hidesStill = one(filters.moved) === "1";
  const shown = hidesStill
    ? rows.filter((row) => FIGURES.slice(1, -1).some((name) => row[name] !== "0"))
    : rows;
  return (
    <>
      <div className="filter-bar">
        <DatePicker.RangePicker
          className="filter-days"
          allowClear={false}
          value={[dayjs(first), dayjs(last)]}
          aria-label={t("flows.range")}
          onChange={(days) =>
            change({ first: days?.[0]?.format("YYYY-MM-DD"), last: days?.[1]?.format("YYYY-MM-DD") })
          }
        />
        <span className="urgency">
          <Switch
            size="small"
            checked={hidesStill}
            aria-label={t("flows.moved_only")}
            onChange={(next) => change({ moved: next ? "1" : undefined })}
          />
          {t("flows.moved_only")}
        </span>
      </div>
      <p className="quiet above-table">{t("flows.about")}</p>
      <DataTable
        label={t("flows.title")}
        columns={columns}
        rowKey={(row) => `${row.organization_id} ${row.sku_id}`}
        empty={t("flows.none")}
        pages={{
          list: "flows",
          rows: shown,
          isLoading: found.isPending,
          isLoadingMore: false,
          problem: found.error ? asProblem(found.error) : null,
          reload: () => void found.refetch(),
        }}
        card={(row) => (
          <>
            <div className="cell-main">{known.get(row.sku_id)?.name ?? row.sku_id}</div>
            <div className="phone-row figures">
              <span className="quiet">
                {t("flows.opening")} {number(row.opening)}
              </span>
              <span>
                {t("flows.closing")} <strong>{number(row.closing)}</strong>
              </span>
            </div>
          </>
        )}
      />
    </>
  );
}
