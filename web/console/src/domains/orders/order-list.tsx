import { shift } from "@shared/dates";
import { money, number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { Tabs } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListOrdersParams, OrderRow, OrderState } from "@/gen/model";
import { getListOrdersQueryKey, listOrders, useOrderTotals } from "@/gen/orders/orders";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { type Filters, many, one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { type Pages, usePages } from "@/ui/use-pages";
import { ORDER_STATES, OrderStateTag } from "./states";

const OPEN: readonly OrderState[] = [
  "SUBMITTED",
  "AWAITING_FINANCE",
  "CONFIRMED",
  "PARTIALLY_SHIPPED",
  "SHIPPED",
];

/** What the URL says, as the API asks for it; the API's `date_until` is the day after. */
export function paramsOf(filters: Filters): ListOrdersParams {
  const states = many(filters.state).filter((state): state is OrderState =>
    ORDER_STATES.some((known) => known === state),
  );
  const until = one(filters.until);
  const buyer = Number.parseInt(one(filters.buyer), 10);
  return {
    state: states.length ? states : undefined,
    text: one(filters.text) || undefined,
    buyer_id: Number.isNaN(buyer) ? undefined : buyer,
    date_from: one(filters.from) || undefined,
    date_until: until ? shift(until, { days: 1 }) : undefined,
  };
}

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

function Views() {
  const { t } = useTranslation("orders");
  const [filters, change] = useFilters();
  const states = many(filters.state);
  const views: [key: string, states: readonly OrderState[]][] = [
    ["all", []],
    ["open", OPEN],
    ...ORDER_STATES.filter((state) => state !== "CANCELLED").map(
      (state) => [state, [state]] as [string, OrderState[]],
    ),
  ];
  const active = views.find(
    ([, wanted]) => wanted.length === states.length && wanted.every((state) => states.includes(state)),
  );
  const labelOf = (key: string) =>
    key === "all" || key === "open" ? t(`view.${key}`) : t(`state.${key as OrderState}`);
  return (
    <Tabs
      className="tabs"
      activeKey={active?.[0] ?? ""}
      items={views.map(([key]) => ({ key, label: labelOf(key) }))}
      onChange={(key) => change({ state: [...(views.find(([name]) => name === key)?.[1] ?? [])] })}
    />
  );
}

function useColumns(): Column<OrderRow>[] {
  const { t } = useTranslation("orders");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("field.number"),
        width: 180,
        render: (row) => (
          <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures nowrap">
            {row.number}
          </Link>
        ),
      },
      {
        key: "state",
        title: t("field.state"),
        width: 120,
        render: (row) => <OrderStateTag of={row.state} />,
      },
      {
        key: "buyer",
        title: t("field.buyer"),
        width: 240,
        render: (row) => (
          <span className="cell-clip" title={row.buyer_name}>
            {row.buyer_name}
          </span>
        ),
      },
      {
        key: "amount",
        title: t("field.gross_amount"),
        width: 130,
        numeric: true,
        render: (row) => money(row.gross_amount, row.currency),
      },
      {
        key: "lines",
        title: t("field.line_count"),
        width: 64,
        numeric: true,
        render: (row) => number(row.line_count),
      },
      {
        key: "submitted",
        title: t("field.submitted_at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.submitted_at),
      },
      {
        key: "wanted",
        title: t("field.wanted_date"),
        width: 100,
        numeric: true,
        render: (row) => format.day(row.wanted_date),
      },
      {
        key: "seller",
        title: t("field.seller"),
        width: 190,
        render: (row) => (
          <span className="cell-clip" title={row.seller_name}>
            {row.seller_name}
          </span>
        ),
      },
    ],
    [t, format],
  );
}

function OrderCard({ of: row }: { of: OrderRow }) {
  const format = useFormat();
  return (
    <>
      <div className="phone-row">
        <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures">
          {row.number}
        </Link>
        <OrderStateTag of={row.state} />
      </div>
      <div>{row.buyer_name}</div>
      <div className="phone-row figures">
        <span className="quiet">{format.instant(row.submitted_at)}</span>
        <strong>{money(row.gross_amount, row.currency)}</strong>
      </div>
    </>
  );
}

/** Every order the reader may see: views, filters, rows. */
export function OrderList({ pages }: { pages: Pages<OrderRow> }) {
  const { t } = useTranslation("orders");
  const navigate = useNavigate();
  const columns = useColumns();
  const fields: Field[] = [
    { kind: "text", name: "text", placeholder: t("list.search") },
    {
      kind: "choice",
      name: "state",
      several: true,
      placeholder: t("field.state"),
      options: ORDER_STATES.map((state) => ({ value: state, label: t(`state.${state}`) })),
    },
    { kind: "days", from: "from", until: "until" },
  ];
  return (
    <>
      <Views />
      <FilterBar fields={fields} />
      <DataTable
        label={t("list.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("list.empty")}
        onOpen={(row) => void navigate({ to: "/orders/$orderId", params: { orderId: row.id } })}
        card={(row) => <OrderCard of={row} />}
      />
    </>
  );
}
