import { money, number } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow } from "@/gen/model";
import { useCustomWords } from "@/ui/custom-filters";
import { useCustomColumns } from "@/ui/custom-values";
import type { Column } from "@/ui/data-table";
import { useFormat } from "@/ui/use-format";
import { OrderStateTag } from "./states";

function useHouseColumns(): Column<OrderRow>[] {
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
        key: "behalf",
        title: t("field.on_behalf"),
        width: 100,
        render: (row) => row.on_behalf && <span className="tag">{t("field.on_behalf_tag")}</span>,
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

/** What every order has, and what the brand added to its orders. */
export function useOrderColumns(): Column<OrderRow>[] {
  const house = useHouseColumns();
  const own = useCustomColumns<OrderRow>("order");
  return useMemo(() => [...house, ...own], [house, own]);
}

/** An order on a phone. */
export function OrderCard({ of: row }: { of: OrderRow }) {
  const format = useFormat();
  const own = useCustomWords("order", row.custom);
  return (
    <>
      <div className="phone-row">
        <Link to="/orders/$orderId" params={{ orderId: row.id }} className="cell-main figures">
          {row.number}
        </Link>
        <OrderStateTag of={row.state} />
      </div>
      <div>{row.buyer_name}</div>
      {own && <div className="quiet">{own}</div>}
      <div className="phone-row figures">
        <span className="quiet">{format.instant(row.submitted_at)}</span>
        <strong>{money(row.gross_amount, row.currency)}</strong>
      </div>
    </>
  );
}
