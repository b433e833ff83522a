import { Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListWaitingOrdersQueryKey,
  listWaitingOrders,
  useWaitingTotals,
} from "@/gen/fulfilment/fulfilment";
import type { ListWaitingOrdersParams, WaitingView } from "@/gen/model";
import { DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { useWarehouses } from "@/ui/warehouse-field";
import { WaitingActions } from "./waiting-actions";
import { useWaitingColumns, WaitingCard } from "./waiting-columns";

const VIEWS = ["ALL", "READY", "SHORT", "STEPS"] as const satisfies readonly WaitingView[];

function Views({ view }: { view: WaitingView }) {
  const { t } = useTranslation("fulfilment");
  const [, change] = useFilters();
  const { data } = useWaitingTotals();
  const counts: Partial<Record<WaitingView, number>> = data
    ? { READY: data.ready, SHORT: data.short, STEPS: data.steps }
    : {};
  return (
    <Tabs
      className="tabs"
      activeKey={view}
      items={VIEWS.map((key) => ({
        key,
        label: (
          <span className="figures">
            {t(`view.${key}`)}
            {counts[key] !== undefined && ` ${counts[key]}`}
          </span>
        ),
      }))}
      onChange={(key) => change({ view: key === "ALL" ? undefined : key })}
    />
  );
}

/** What waits to be shipped, the most urgent first, with what can be done for many orders at once. */
export function WaitingList({ organizationId, mayShip }: { organizationId: number; mayShip: boolean }) {
  const { t } = useTranslation("fulfilment");
  const [filters] = useFilters();
  const [keys, setKeys] = useState<(string | number)[]>([]);
  const view = VIEWS.find((known) => known === one(filters.view)) ?? "ALL";
  const warehouseId = Number(one(filters.warehouse)) || undefined;
  const places = useWarehouses(organizationId);
  const wanted: ListWaitingOrdersParams = {
    view,
    warehouse_id: warehouseId,
    text: one(filters.q) || undefined,
    buyer_id: Number(one(filters.buyer)) || undefined,
  };
  const pages = usePages(getListWaitingOrdersQueryKey(wanted), (cursor, signal) =>
    listWaitingOrders({ ...wanted, cursor }, signal),
  );
  const columns = useWaitingColumns();
  return (
    <>
      <Views view={view} />
      <FilterBar
        fields={[
          { kind: "text", name: "q", placeholder: t("waiting.search") },
          {
            kind: "choice",
            name: "warehouse",
            placeholder: t("waiting.places"),
            options: places.map((place) => ({ value: String(place.id), label: place.name })),
          },
        ]}
      />
      <DataTable
        label={t("waiting.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t(view === "SHORT" ? "waiting.none_short" : "waiting.none")}
        selection={
          mayShip
            ? {
                keys,
                onChange: (next) => setKeys([...next]),
                nameOf: (row) => t("waiting.choose", { number: row.number }),
                bar: (rows) => (
                  <WaitingActions rows={rows} warehouseId={warehouseId} onDone={() => setKeys([])} />
                ),
              }
            : undefined
        }
        card={(row) => <WaitingCard of={row} />}
      />
    </>
  );
}
