import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useGetPickList } from "@/gen/fulfilment/fulfilment";
import type { PickLineOut, PickListOut, PickOrderOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { EmptyState, PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";

function Lots({ of: line }: { of: PickLineOut }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  if (line.lots.length === 0) return <span className="quiet">{t("pick.any_lot")}</span>;
  return (
    <ul>
      {line.lots.map((lot) => (
        <li key={lot.lot} className="figures">
          {lot.batch || lot.lot} · {lot.units_text}
          {lot.expires_on && (
            <span className="quiet"> {t("pick.expires", { day: format.day(lot.expires_on) })} </span>
          )}
          {lot.has_expired && <StateTag tone="bad">{t("pick.expired")}</StateTag>}
        </li>
      ))}
    </ul>
  );
}

function useColumns(orders: readonly PickOrderOut[]): Column<PickLineOut>[] {
  const { t } = useTranslation("fulfilment");
  return useMemo(() => {
    const numbers = new Map(orders.map((order) => [order.id, order.number]));
    return [
      {
        key: "sku",
        title: t("pick.sku"),
        width: 260,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">
              {row.sku_code} {row.specification}
            </span>
          </span>
        ),
      },
      {
        key: "units",
        title: t("pick.units"),
        width: 130,
        numeric: true,
        render: (row) => <strong>{row.units_text}</strong>,
      },
      { key: "lots", title: t("pick.lots"), width: 240, render: (row) => <Lots of={row} /> },
      {
        key: "parts",
        title: t("pick.for"),
        width: 320,
        render: (row) => (
          <ul>
            {row.parts.map((part) => (
              <li key={`${part.order_id} ${part.line_no}`} className="figures">
                {numbers.get(part.order_id)} <span className="quiet">{part.units_text}</span>
              </li>
            ))}
          </ul>
        ),
      },
    ];
  }, [t, orders]);
}

function Orders({ of: orders }: { of: readonly PickOrderOut[] }) {
  const { t } = useTranslation("fulfilment");
  return (
    <ul className="holds">
      {orders.map((order) => (
        <li key={order.id}>
          <Link to="/orders/$orderId" params={{ orderId: order.id }} className="cell-main figures">
            {order.number}
          </Link>
          <span>
            {!order.may_ship ? (
              <StateTag tone="wait">{t("ready.steps")}</StateTag>
            ) : order.lines_expired > 0 ? (
              <StateTag tone="bad">{t("pick.order_expired", { count: order.lines_expired })}</StateTag>
            ) : order.lines === 0 ? (
              <StateTag tone="bad">{t("pick.nothing_here")}</StateTag>
            ) : (
              <StateTag tone="good">{t("ready.ready", { count: order.lines })}</StateTag>
            )}
          </span>
          <span className="quiet">{order.buyer_name}</span>
        </li>
      ))}
    </ul>
  );
}

/** What to fetch in one warehouse for the chosen orders, sku by sku. */
export function PickSheet({ of: list }: { of: PickListOut }) {
  const { t } = useTranslation("fulfilment");
  const columns = useColumns(list.orders);
  if (list.orders.length === 0) return <EmptyState text={t("pick.none")} />;
  return (
    <div className="document">
      <Card flush title={t("pick.goods", { count: list.lines.length })}>
        {list.lines.length === 0 ? (
          <EmptyState text={t("pick.nothing_here")} />
        ) : (
          <SimpleTable
            columns={columns}
            rows={list.lines}
            rowKey={(row) => row.sku_id}
            card={(row) => (
              <>
                <div className="phone-row">
                  <span className="cell-main">{row.sku_name}</span>
                  <strong className="figures">{row.units_text}</strong>
                </div>
                <span className="quiet figures">{row.sku_code}</span>
                <Lots of={row} />
              </>
            )}
          />
        )}
      </Card>
      <Card title={t("pick.orders", { count: list.orders.length })}>
        <Orders of={list.orders} />
      </Card>
    </div>
  );
}

/** Asks for the pick list of some orders in a warehouse. */
export function PickLoader({ warehouseId, orderIds }: { warehouseId: number; orderIds: string[] }) {
  const { t } = useTranslation("fulfilment");
  const isAsked = warehouseId > 0 && orderIds.length > 0;
  const found = useGetPickList(
    { warehouse_id: warehouseId, order_id: orderIds },
    { query: { enabled: isAsked } },
  );
  if (orderIds.length > 0 && !isAsked)
    return <EmptyState text={t("pick.where", { count: orderIds.length })} />;
  if (!isAsked) return <EmptyState text={t("pick.none")} />;
  if (found.error) return <Refusal of={found.error} onRetry={() => void found.refetch()} />;
  return found.data ? <PickSheet of={found.data} /> : <PageSkeleton />;
}
