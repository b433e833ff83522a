import { number } from "@shared/money";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  approveCount,
  cancelCount,
  getListCountsQueryKey,
  listCounts,
  recount,
} from "@/gen/inventory/inventory";
import type { CountOut, CountState, ListCountsParams } from "@/gen/model";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import type { Move } from "./document-bulk";
import { type DocumentKind, DocumentList, MomentCell } from "./document-list";
import { CountTag } from "./states";

const STATES = [
  "PLANNED",
  "COUNTING",
  "REVIEW",
  "POSTED",
  "CANCELLED",
  "ABANDONED",
] as const satisfies readonly CountState[];

/** What a stock-take covers, in words. */
export function scopeText(t: TFunction<"inventory">, count: CountOut): string {
  const parts = [
    count.category_ids.length > 0 && t("count.scope_categories", { count: count.category_ids.length }),
    count.sku_ids.length > 0 && t("count.scope_skus", { count: count.sku_ids.length }),
  ].filter(Boolean);
  return parts.length ? parts.join(" + ") : t("count.scope_all");
}

const madeOf = (row: CountOut) => ({ at: row.created_at, by: row.created_by_name });

/** Goods that nobody counted are decided stock-take by stock-take: here one that has them is refused. */
function useMoves(): Move<CountOut>[] {
  const { t } = useTranslation("inventory");
  return useMemo(() => {
    const say = ({ state }: CountOut) => t(`count.states.${state}`);
    return [
      {
        action: "approve",
        label: t("count.approve"),
        text: `${t("count.approve_text")}${t("bulk.uncounted_text")}`,
        act: async (row) => say(await approveCount(row.id, { note: "", uncounted_as_zero: null })),
      },
      {
        action: "recount",
        label: t("count.recount"),
        text: t("count.recount_text"),
        act: async (row) => say(await recount(row.id, { lines: null })),
      },
      {
        action: "cancel",
        label: t("count.cancel"),
        text: t("count.cancel_text"),
        isReasonNeeded: true,
        act: async (row, note) => say(await cancelCount(row.id, { note })),
      },
    ];
  }, [t]);
}

function useKind(): DocumentKind<CountOut> {
  const { t } = useTranslation("inventory");
  const moves = useMoves();
  return useMemo(
    () => ({
      title: t("count.title"),
      numberTitle: t("count.number"),
      stateTitle: t("count.state"),
      noteTitle: t("count.remark_of"),
      empty: t("count.none"),
      states: STATES.map((value) => ({ value, label: t(`count.states.${value}`) })),
      tag: (row) => <CountTag of={row.state} />,
      link: (row) => ({ to: "/warehouse/counts/$countId", params: { countId: row.id } }),
      columns: [
        { key: "place", title: t("stock.place"), width: 180, render: (row) => row.warehouse_name },
        { key: "scope", title: t("count.scope"), width: 150, render: (row) => scopeText(t, row) },
        {
          key: "lines",
          title: t("count.progress"),
          width: 80,
          numeric: true,
          render: (row) => number(row.line_count),
        },
        {
          key: "differs",
          title: t("count.difference"),
          width: 90,
          numeric: true,
          render: (row) => number((row.verdicts.DIFFERS ?? 0) + (row.verdicts.DISPUTED ?? 0)),
        },
        {
          key: "created",
          title: t("count.created"),
          width: 160,
          numeric: true,
          render: (row) => <MomentCell of={madeOf(row)} />,
        },
      ],
      about: (row) => `${row.warehouse_name} · ${scopeText(t, row)}`,
      made: madeOf,
      moves,
    }),
    [t, moves],
  );
}

/** Stock-takes, newest first; those in review can be decided together. */
export function CountList({ organizationId }: { organizationId: number }) {
  const [filters] = useFilters();
  const wanted: ListCountsParams = {
    state: STATES.find((known) => known === one(filters.state)),
    warehouse_id: Number(one(filters.warehouse)) || undefined,
  };
  const pages = usePages(getListCountsQueryKey(wanted), (cursor, signal) =>
    listCounts({ ...wanted, cursor }, signal),
  );
  return <DocumentList of={useKind()} pages={pages} organizationId={organizationId} />;
}
