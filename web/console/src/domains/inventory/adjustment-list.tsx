import { number } from "@shared/money";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  approveAdjustment,
  getListAdjustmentsQueryKey,
  listAdjustments,
  rejectAdjustment,
} from "@/gen/inventory/inventory";
import type { AdjustmentOut, AdjustmentReason, AdjustmentState, ListAdjustmentsParams } from "@/gen/model";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { type DocumentKind, DocumentList, MomentCell } from "./document-list";
import { AdjustmentTag } from "./states";

const STATES = ["SUBMITTED", "POSTED", "REJECTED", "WITHDRAWN"] as const satisfies readonly AdjustmentState[];
export const REASONS = [
  "DAMAGE",
  "LOSS",
  "EXPIRED",
  "SAMPLE",
  "OWN_USE",
  "FOUND",
  "CORRECTION",
  "OPENING",
  "OTHER",
] as const satisfies readonly AdjustmentReason[];

const madeOf = (row: AdjustmentOut) => ({ at: row.created_at, by: row.created_by_name });

function useKind(): DocumentKind<AdjustmentOut> {
  const { t } = useTranslation("inventory");
  return useMemo(
    () => ({
      title: t("adjustment.title"),
      numberTitle: t("adjustment.number"),
      stateTitle: t("adjustment.state"),
      noteTitle: t("entry.remark"),
      empty: t("adjustment.none"),
      states: STATES.map((value) => ({ value, label: t(`adjustment.states.${value}`) })),
      filters: [
        {
          kind: "choice",
          name: "reason",
          placeholder: t("entry.reason"),
          options: REASONS.map((value) => ({ value, label: t(`adjustment.reasons.${value}`) })),
        },
      ],
      tag: (row) => <AdjustmentTag of={row.state} />,
      link: (row) => ({ to: "/warehouse/adjustments/$adjustmentId", params: { adjustmentId: row.id } }),
      columns: [
        {
          key: "reason",
          title: t("entry.reason"),
          width: 100,
          render: (row) => t(`adjustment.reasons.${row.reason}`),
        },
        { key: "place", title: t("stock.place"), width: 180, render: (row) => row.warehouse_name },
        {
          key: "total",
          title: t("adjustment.total"),
          width: 110,
          numeric: true,
          render: (row) => number(row.total_units),
        },
        {
          key: "created",
          title: t("adjustment.created"),
          width: 160,
          numeric: true,
          render: (row) => <MomentCell of={madeOf(row)} />,
        },
      ],
      about: (row) => `${t(`adjustment.reasons.${row.reason}`)} · ${row.warehouse_name}`,
      figure: (row) => number(row.total_units),
      made: madeOf,
      moves: [
        {
          action: "approve",
          label: t("adjustment.approve"),
          text: t("adjustment.approve_text"),
          act: async (row) => {
            const { state } = await approveAdjustment(row.id, { note: "" });
            return t(`adjustment.states.${state}`);
          },
        },
        {
          action: "reject",
          label: t("adjustment.reject"),
          text: t("adjustment.reject_text"),
          isReasonNeeded: true,
          act: async (row, note) => {
            const { state } = await rejectAdjustment(row.id, { note });
            return t(`adjustment.states.${state}`);
          },
        },
      ],
    }),
    [t],
  );
}

/** Adjustments, newest first; those that wait for approval can be decided together. */
export function AdjustmentList({ organizationId }: { organizationId: number }) {
  const [filters] = useFilters();
  const wanted: ListAdjustmentsParams = {
    state: STATES.find((known) => known === one(filters.state)),
    reason: REASONS.find((known) => known === one(filters.reason)),
    warehouse_id: Number(one(filters.warehouse)) || undefined,
  };
  const pages = usePages(getListAdjustmentsQueryKey(wanted), (cursor, signal) =>
    listAdjustments({ ...wanted, cursor }, signal),
  );
  return <DocumentList of={useKind()} pages={pages} organizationId={organizationId} />;
}
