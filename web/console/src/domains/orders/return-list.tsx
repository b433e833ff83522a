import { shift } from "@shared/dates";
import { money } from "@shared/money";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ListReturnsParams, ReturnOut, ReturnState } from "@/gen/model";
import { getListReturnsQueryKey, listReturns } from "@/gen/orders/orders";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { SavedViews, type View } from "@/ui/saved-views";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import type { OrderReader } from "./reader";
import { ReturnDrawer } from "./return-drawer";
import { ReturnStateTag } from "./states";

const STATES = ["REQUESTED", "RECEIVED", "REJECTED"] as const satisfies readonly ReturnState[];

function paramsOf(filters: Filters): ListReturnsParams {
  const until = one(filters.until);
  const buyer = Number.parseInt(one(filters.buyer), 10);
  return {
    state: STATES.find((known) => known === one(filters.state)),
    number: one(filters.number).trim() || undefined,
    buyer_id: Number.isNaN(buyer) ? undefined : buyer,
    date_from: one(filters.from) || undefined,
    date_until: until ? shift(until, { days: 1 }) : undefined,
  };
}

function useColumns(open: (row: ReturnOut) => void): Column<ReturnOut>[] {
  const { t } = useTranslation("orders");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("return.number"),
        width: 180,
        render: (row) => (
          <Button type="link" className="cell-link figures" onClick={() => open(row)}>
            {row.number}
          </Button>
        ),
      },
      {
        key: "state",
        title: t("field.state"),
        width: 110,
        render: (row) => <ReturnStateTag of={row.state} />,
      },
      {
        key: "buyer",
        title: t("field.buyer"),
        width: 220,
        render: (row) => (
          <span className="cell-clip" title={row.buyer_name}>
            {row.buyer_name}
          </span>
        ),
      },
      {
        key: "amount",
        title: t("return.field_amount"),
        width: 120,
        numeric: true,
        render: (row) => money(row.gross_amount, row.currency),
      },
      {
        key: "requested",
        title: t("return.field_requested_at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.requested_at),
      },
      {
        key: "order",
        title: t("return.order"),
        width: 170,
        render: (row) => <span className="figures nowrap">{row.order_number}</span>,
      },
      {
        key: "reason",
        title: t("return.field_reason"),
        width: 200,
        render: (row) => (
          <span className="cell-clip" title={row.reason}>
            {row.reason}
          </span>
        ),
      },
    ],
    [t, format, open],
  );
}

/** Goods on their way back: taken in and credited, or refused with a reason. */
export function ReturnList({ reader }: { reader: OrderReader }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  const [filters, change] = useFilters();
  // Which one is open stands in the address beside the filters, but filters nothing.
  const { open: opened, ...narrowing } = filters;
  const params = paramsOf(narrowing);
  const pages = usePages(getListReturnsQueryKey(params), (cursor, signal) =>
    listReturns({ ...params, cursor }, signal),
  );
  const open = useMemo(() => (row: ReturnOut) => change({ open: row.id }), [change]);
  const columns = useColumns(open);
  const views: View[] = [
    { key: "all", label: t("view.all"), filters: {} },
    ...STATES.map((state) => ({ key: state, label: t(`return_state.${state}`), filters: { state } })),
  ];
  const fields: Field[] = [
    { kind: "text", name: "number", placeholder: t("return.search") },
    ...(reader.mayReadPartners && !reader.isStore
      ? ([{ kind: "partner", name: "buyer", placeholder: t("field.buyer") }] as Field[])
      : []),
    { kind: "days", from: "from", until: "until" },
  ];
  return (
    <>
      <SavedViews page="returns" views={views} />
      <FilterBar fields={fields} />
      <DataTable
        label={t("return.list")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("return.empty")}
        onOpen={open}
        card={(row) => (
          <>
            <div className="phone-row">
              <Button type="link" className="cell-link figures" onClick={() => open(row)}>
                {row.number}
              </Button>
              <ReturnStateTag of={row.state} />
            </div>
            <div>{row.buyer_name}</div>
            <div className="phone-row figures">
              <span className="quiet">{format.instant(row.requested_at)}</span>
              <strong>{money(row.gross_amount, row.currency)}</strong>
            </div>
          </>
        )}
      />
      <ReturnDrawer
        returnId={one(opened) || null}
        reader={reader}
        onClose={() => change({ open: undefined })}
      />
    </>
  );
}
