import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useListShortages } from "@/gen/fulfilment/fulfilment";
import type { ShortageOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { SharingDrawer } from "./sharing-drawer";

function useColumns(open: (row: ShortageOut) => void): Column<ShortageOut>[] {
  const { t } = useTranslation("fulfilment");
  return useMemo(
    () => [
      {
        key: "sku",
        title: t("shortage.sku"),
        width: 250,
        render: (row) => (
          <span className="cell-two">
            <button type="button" className="figure-link cell-main text-start" onClick={() => open(row)}>
              {row.sku_name}
            </button>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      {
        key: "backordered",
        title: t("shortage.backordered"),
        width: 130,
        numeric: true,
        render: (row) => <strong>{row.backordered_text}</strong>,
      },
      { key: "orders", title: t("shortage.orders"), width: 90, numeric: true, render: (row) => row.orders },
      {
        key: "waiting",
        title: t("shortage.waiting"),
        width: 110,
        numeric: true,
        render: (row) => t("waited", { count: row.waiting_days }),
      },
      {
        key: "on_hand",
        title: t("shortage.on_hand"),
        width: 120,
        numeric: true,
        render: (row) => row.on_hand_text,
      },
      { key: "held", title: t("shortage.held"), width: 120, numeric: true, render: (row) => row.held_text },
      {
        key: "available",
        title: t("shortage.available"),
        width: 120,
        numeric: true,
        render: (row) => <strong>{row.available_text}</strong>,
      },
      {
        key: "incoming",
        title: t("shortage.incoming"),
        width: 120,
        numeric: true,
        render: (row) => row.incoming_text,
      },
      { key: "state", title: t("shortage.state"), width: 130, render: (row) => <Cover of={row} /> },
    ],
    [t, open],
  );
}

function Cover({ of: row }: { of: ShortageOut }) {
  const { t } = useTranslation("fulfilment");
  if (row.covered) return <StateTag tone="good">{t("shortage.covered")}</StateTag>;
  if (row.available === "0") return <StateTag tone="bad">{t("shortage.nothing")}</StateTag>;
  return <StateTag tone="wait">{t("shortage.part")}</StateTag>;
}

/** Goods that orders wait for: what there is, what comes, who waits, and a fair share of it. */
export function ShortageList({ mayShip }: { mayShip: boolean }) {
  const { t } = useTranslation("fulfilment");
  const [filters] = useFilters();
  const [chosen, setChosen] = useState<ShortageOut | null>(null);
  const found = useListShortages({ text: one(filters.q) || undefined });
  const columns = useColumns(setChosen);
  const pages = {
    list: "shortages",
    rows: found.data ?? [],
    isLoading: found.isPending,
    isLoadingMore: false,
    problem: found.error ? asProblem(found.error) : null,
    reload: () => void found.refetch(),
  };
  return (
    <>
      <FilterBar fields={[{ kind: "text", name: "q", placeholder: t("shortage.search") }]} />
      <DataTable
        label={t("shortage.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.sku_id}
        empty={t("shortage.none")}
        onOpen={setChosen}
        card={(row) => (
          <>
            <div className="phone-row">
              <button
                type="button"
                className="figure-link cell-main text-start"
                onClick={() => setChosen(row)}
              >
                {row.sku_name}
              </button>
              <strong className="figures">{row.backordered_text}</strong>
            </div>
            <div className="phone-row quiet figures">
              <span>{t("shortage.orders_waiting", { count: row.orders })}</span>
              <span>
                {t("shortage.available")} {row.available_text}
              </span>
            </div>
            <Cover of={row} />
          </>
        )}
      />
      <SharingDrawer skuId={chosen?.sku_id ?? null} mayShip={mayShip} onClose={() => setChosen(null)} />
    </>
  );
}
