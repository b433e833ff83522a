import { money, number } from "@shared/money";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow } from "@/gen/model";
import { getListOrdersQueryKey, listOrders, useOrderTotals } from "@/gen/orders/orders";
import { ColumnChoice, useColumnChoice } from "@/ui/column-choice";
import { DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { SavedViews } from "@/ui/saved-views";
import { useFilters } from "@/ui/use-filters";
import { type Pages, usePages } from "@/ui/use-pages";
import { OrderBulk } from "./order-bulk";
import { OrderCard, useOrderColumns } from "./order-columns";
import { paramsOf, useOrderFields, useOrderViews } from "./order-filters";
import type { OrderReader } from "./reader";

/** Count and amount of what the filters let through, in words. */
export function OrderTotals({ currency }: { currency: string | undefined }) {
  const { t } = useTranslation("orders");
  const [filters] = useFilters();
  const totals = useOrderTotals(paramsOf(filters));
  if (!totals.data) return null;
  const { orders, gross_amount } = totals.data;
  if (!currency) return t("list.count", { count: orders, orders: number(orders) });
  return t("list.totals", { count: orders, orders: number(orders), amount: money(gross_amount, currency) });
}

/** The rows that the URL's filters let through. */
export function useOrderPages(): Pages<OrderRow> {
  const [filters] = useFilters();
  const params = paramsOf(filters);
  return usePages(getListOrdersQueryKey(params), (cursor, signal) =>
    listOrders({ ...params, cursor }, signal),
  );
}

/** Every order the reader may see: views, filters, rows, and what can be done with many of them at once. */
export function OrderList({ pages, reader }: { pages: Pages<OrderRow>; reader: OrderReader }) {
  const { t } = useTranslation("orders");
  const navigate = useNavigate();
  const columns = useOrderColumns();
  const choice = useColumnChoice("orders", columns);
  const [chosen, setChosen] = useState<(string | number)[]>([]);
  return (
    <>
      <SavedViews
        page="orders"
        views={useOrderViews(reader)}
        extra={<ColumnChoice columns={columns} choice={choice} />}
      />
      <FilterBar fields={useOrderFields(reader)} />
      <DataTable
        label={t("list.title")}
        columns={choice.shown}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("list.empty")}
        selection={{
          keys: chosen,
          onChange: setChosen,
          nameOf: (row) => row.number,
          bar: (rows) => <OrderBulk rows={rows} reader={reader} onDone={() => setChosen([])} />,
        }}
        onOpen={(row) => void navigate({ to: "/orders/$orderId", params: { orderId: row.id } })}
        card={(row) => <OrderCard of={row} />}
      />
    </>
  );
}
