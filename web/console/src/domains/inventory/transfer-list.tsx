import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  cancelTransfer,
  getListTransfersQueryKey,
  listTransfers,
  receiveTransfer,
} from "@/gen/inventory/inventory";
import type { ListTransfersParams, TransferOut, TransferState } from "@/gen/model";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { type DocumentKind, DocumentList, MomentCell } from "./document-list";
import { TransferTag } from "./states";

const STATES = ["SENT", "RECEIVED", "CANCELLED"] as const satisfies readonly TransferState[];

const sentOf = (row: TransferOut) => ({ at: row.sent_at, by: row.sent_by_name });

function useKind(): DocumentKind<TransferOut> {
  const { t } = useTranslation("inventory");
  return useMemo(
    () => ({
      title: t("transfer.title"),
      numberTitle: t("transfer.number"),
      stateTitle: t("transfer.state"),
      noteTitle: t("entry.remark"),
      empty: t("transfer.none"),
      states: STATES.map((value) => ({ value, label: t(`transfer.states.${value}`) })),
      tag: (row) => <TransferTag of={row.state} />,
      link: (row) => ({ to: "/warehouse/transfers/$transferId", params: { transferId: row.id } }),
      columns: [
        { key: "from", title: t("transfer.from"), width: 140, render: (row) => row.from_warehouse_name },
        { key: "to", title: t("transfer.to"), width: 140, render: (row) => row.to_warehouse_name },
        {
          key: "sent",
          title: t("transfer.sent"),
          width: 140,
          numeric: true,
          render: (row) => <MomentCell of={sentOf(row)} />,
        },
        {
          key: "received",
          title: t("transfer.received"),
          width: 140,
          numeric: true,
          render: (row) => <MomentCell of={{ at: row.received_at, by: row.received_by_name }} />,
        },
      ],
      about: (row) => `${row.from_warehouse_name} → ${row.to_warehouse_name}`,
      made: sentOf,
      moves: [
        {
          action: "receive",
          label: t("transfer.receive"),
          text: t("bulk.receive_text"),
          act: async (row) => {
            const { state } = await receiveTransfer(row.id, { lines: [] });
            return t(`transfer.states.${state}`);
          },
        },
        {
          action: "cancel",
          label: t("transfer.cancel"),
          text: t("transfer.cancel_text"),
          isReasonNeeded: true,
          act: async (row, note) => {
            const { state } = await cancelTransfer(row.id, { note });
            return t(`transfer.states.${state}`);
          },
        },
      ],
    }),
    [t],
  );
}

/** Goods between warehouses of one organization, newest first; what is on the way can be received together. */
export function TransferList({ organizationId }: { organizationId: number }) {
  const [filters] = useFilters();
  const wanted: ListTransfersParams = {
    state: STATES.find((known) => known === one(filters.state)),
    warehouse_id: Number(one(filters.warehouse)) || undefined,
  };
  const pages = usePages(getListTransfersQueryKey(wanted), (cursor, signal) =>
    listTransfers({ ...wanted, cursor }, signal),
  );
  return <DocumentList of={useKind()} pages={pages} organizationId={organizationId} />;
}
