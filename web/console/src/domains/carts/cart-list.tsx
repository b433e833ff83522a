import { money, number } from "@shared/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListCartsQueryKey, listCarts } from "@/gen/carts/carts";
import type { CartRow, CartState } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { SavedViews, type View } from "@/ui/saved-views";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useCartName } from "./cart-name";

const CURRENCY = "CNY";

function State({ of: row }: { of: CartRow }) {
  const { t } = useTranslation("carts");
  if (row.state === "ORDERED") return <StateTag tone="good">{t("cart.ordered")}</StateTag>;
  if (row.has_news) return <StateTag tone="wait">{t("cart.news")}</StateTag>;
  return <StateTag tone="note">{t("cart.open")}</StateTag>;
}

function CartLink({ of: row }: { of: CartRow }) {
  const nameOf = useCartName();
  return (
    <Link to="/carts/$cartId" params={{ cartId: row.id }} className="cell-main">
      {nameOf(row)}
    </Link>
  );
}

function useColumns(): Column<CartRow>[] {
  const { t } = useTranslation("carts");
  const format = useFormat();
  return useMemo(
    () => [
      { key: "name", title: t("cart.name"), width: 180, render: (row) => <CartLink of={row} /> },
      { key: "state", title: t("cart.state"), width: 130, render: (row) => <State of={row} /> },
      {
        key: "buyer",
        title: t("cart.buyer"),
        width: 240,
        render: (row) => (
          <span className="cell-clip" title={row.buyer_name}>
            {row.buyer_name}
          </span>
        ),
      },
      {
        key: "lines",
        title: t("quote.lines"),
        width: 80,
        numeric: true,
        render: (row) => number(row.line_count),
      },
      {
        key: "amount",
        title: t("quote.total"),
        width: 130,
        numeric: true,
        render: (row) => money(row.gross_amount, CURRENCY),
      },
      {
        key: "updated",
        title: t("cart.updated"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.updated_at),
      },
      {
        key: "order",
        title: t("cart.order"),
        width: 170,
        render: (row) =>
          row.order_id && (
            <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="figures nowrap">
              {row.order_number}
            </Link>
          ),
      },
    ],
    [t, format],
  );
}

/** Every cart of the reader's organization: what waits to be ordered, and what became an order. */
export function CartList() {
  const { t } = useTranslation("carts");
  const format = useFormat();
  const navigate = useNavigate();
  const [filters] = useFilters();
  const columns = useColumns();
  const state: CartState = one(filters.state) === "ORDERED" ? "ORDERED" : "OPEN";
  const pages = usePages(getListCartsQueryKey({ state }), (cursor, signal) =>
    listCarts({ state, cursor }, signal),
  );
  const views: View[] = [
    { key: "open", label: t("cart.view_open"), filters: {} },
    { key: "ordered", label: t("cart.view_ordered"), filters: { state: "ORDERED" } },
  ];
  return (
    <>
      <SavedViews page="carts" views={views} />
      <DataTable
        label={t("cart.list")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("cart.empty")}
        onOpen={(row) => void navigate({ to: "/carts/$cartId", params: { cartId: row.id } })}
        card={(row) => (
          <>
            <div className="phone-row">
              <CartLink of={row} />
              <State of={row} />
            </div>
            <div>{row.buyer_name}</div>
            <div className="phone-row figures">
              <span className="quiet">
                {format.instant(row.updated_at)} · {t("cart.count", { count: row.line_count })}
              </span>
              <strong>{money(row.gross_amount, CURRENCY)}</strong>
            </div>
          </>
        )}
      />
    </>
  );
}
