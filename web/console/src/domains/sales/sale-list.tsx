import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListSalesQueryKey, listSales } from "@/gen/inventory/inventory";
import type { ListSalesParams, SaleOut, SaleSource } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useWarehouses } from "@/ui/warehouse-field";
import type { SalesReader } from "./reader";
import { amountOf, Buyer, Goods, SaleTag } from "./sale-words";

const SOURCES = ["ENTRY", "POS", "IMPORT", "CORRECTION"] as const satisfies readonly SaleSource[];
const idOf = (text: string): number | undefined => Number.parseInt(text, 10) || undefined;

/** The URL's filters as the API takes them. */
export const paramsOf = (filters: Filters): ListSalesParams => ({
  organization_id: idOf(one(filters.seller)),
  buyer_id: idOf(one(filters.buyer)),
  warehouse_id: idOf(one(filters.warehouse)),
  source: SOURCES.find((known) => known === one(filters.source)),
  first: one(filters.first) || undefined,
  last: one(filters.last) || undefined,
  external_id: one(filters.receipt) || undefined,
});

function useFields(reader: SalesReader): Field[] {
  const { t } = useTranslation("sales");
  const places = useWarehouses(reader.organizationId);
  const fields: Field[] = [{ kind: "text", name: "receipt", placeholder: t("field.receipt") }];
  if (reader.isStaff) fields.push({ kind: "partner", name: "seller", placeholder: t("field.seller") });
  if (reader.mayReadPartners && !reader.isStore)
    fields.push({ kind: "partner", name: "buyer", placeholder: t("field.buyer") });
  if (!reader.isStaff && places.length > 1) {
    fields.push({
      kind: "choice",
      name: "warehouse",
      placeholder: t("field.warehouse"),
      options: places.map((place) => ({ value: String(place.id), label: place.name })),
    });
  }
  fields.push(
    {
      kind: "choice",
      name: "source",
      placeholder: t("field.source"),
      options: SOURCES.map((value) => ({ value, label: t(`source.${value}`) })),
    },
    { kind: "days", from: "first", until: "last" },
  );
  return fields;
}

function NumberButton({ of: sale, onOpen }: { of: SaleOut; onOpen: (saleId: string) => void }) {
  return (
    <Button type="link" className="cell-link figures cell-main" onClick={() => onOpen(sale.id)}>
      {sale.number}
    </Button>
  );
}

function useColumns(reader: SalesReader, onOpen: (saleId: string) => void): Column<SaleOut>[] {
  const { t } = useTranslation("sales");
  const format = useFormat();
  return useMemo(() => {
    const columns: Column<SaleOut>[] = [
      {
        key: "number",
        title: t("field.number"),
        width: 156,
        render: (row) => <NumberButton of={row} onOpen={onOpen} />,
      },
      { key: "state", title: t("field.state"), width: 110, render: (row) => <SaleTag of={row} /> },
      {
        key: "day",
        title: t("field.day"),
        width: 100,
        numeric: true,
        render: (row) => format.day(row.business_date),
      },
      { key: "amount", title: t("field.amount"), width: 110, numeric: true, render: amountOf },
      { key: "buyer", title: t("field.buyer"), width: 180, render: (row) => <Buyer of={row} /> },
      { key: "goods", title: t("field.goods"), width: 280, render: (row) => <Goods of={row} /> },
      {
        key: "place",
        title: t("field.warehouse"),
        width: 160,
        render: (row) => <span className="cell-clip">{row.warehouse_name}</span>,
      },
      {
        key: "source",
        title: t("field.source"),
        width: 90,
        render: (row) => t(`source.${row.source}`),
      },
    ];
    // Whoever has somebody below sees what those sold, too.
    if (!reader.isStore) {
      columns.splice(4, 0, {
        key: "seller",
        title: t("field.seller"),
        width: 180,
        render: (row) => <span className="cell-clip">{row.organization_name}</span>,
      });
    }
    return columns;
  }, [t, format, reader.isStore, onOpen]);
}

/** Reported sales, the latest day first. */
export function SaleList({ reader, onOpen }: { reader: SalesReader; onOpen: (saleId: string) => void }) {
  const { t } = useTranslation("sales");
  const format = useFormat();
  const [filters] = useFilters();
  const wanted = paramsOf(filters);
  const pages = usePages(getListSalesQueryKey(wanted), (cursor, signal) =>
    listSales({ ...wanted, cursor }, signal),
  );
  const columns = useColumns(reader, onOpen);
  return (
    <>
      <FilterBar fields={useFields(reader)} />
      <DataTable
        label={t("list.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("list.empty")}
        onOpen={(row) => onOpen(row.id)}
        card={(row) => (
          <>
            <div className="phone-row">
              <NumberButton of={row} onOpen={onOpen} />
              <SaleTag of={row} />
            </div>
            <div className="phone-row">
              <Buyer of={row} />
              <span className="figures">{amountOf(row)}</span>
            </div>
            <div>
              <Goods of={row} />
            </div>
            <div className="quiet figures">
              {format.day(row.business_date)} {reader.isStaff ? row.organization_name : row.warehouse_name}
            </div>
          </>
        )}
      />
    </>
  );
}
