import { Drawer } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListStockMovementsQueryKey, listStockMovements } from "@/gen/inventory/inventory";
import type { ListStockMovementsParams, StockMovementOut, StockOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";

export interface Behind {
  row: StockOut;
  figure: "ON_HAND" | "IN_TRANSIT" | "HELD";
  /** Until the end of this day; empty: until now. */
  day: string;
  isByLot: boolean;
}

const signed = (text: string): string => (text.startsWith("-") ? text : `+${text}`);

function useColumns(): Column<StockMovementOut>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "document",
        title: t("movement.document"),
        width: 190,
        render: (row) => (
          <span className="cell-main figures nowrap">{row.document_number || row.source_type}</span>
        ),
      },
      {
        key: "change",
        title: t("movement.change"),
        width: 120,
        numeric: true,
        render: (row) => signed(row.change_text || row.change),
      },
      {
        key: "at",
        title: t("movement.at"),
        width: 150,
        numeric: true,
        render: (row) => format.instant(row.effective_at),
      },
      { key: "person", title: t("movement.person"), width: 110, render: (row) => row.user_name },
      {
        key: "reason",
        title: t("movement.reason"),
        width: 200,
        render: (row) => <span className="cell-clip">{row.reason}</span>,
      },
    ],
    [t, format],
  );
}

function Movements({ behind }: { behind: Behind }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const wanted: ListStockMovementsParams = {
    sku_id: behind.row.sku_id,
    organization_id: behind.row.organization_id,
    warehouse_id: behind.row.warehouse_id,
    lot: behind.isByLot ? behind.row.lot : undefined,
    figure: behind.figure,
    last: behind.day || undefined,
  };
  const pages = usePages(getListStockMovementsQueryKey(wanted), (cursor, signal) =>
    listStockMovements({ ...wanted, cursor }, signal),
  );
  const columns = useColumns();
  return (
    <DataTable
      isInDrawer
      label={t("movement.title")}
      columns={columns}
      pages={pages}
      rowKey={(row) => row.transfer_id}
      empty={t("movement.empty")}
      card={(row) => (
        <>
          <div className="phone-row">
            <span className="cell-main figures">{row.document_number || row.source_type}</span>
            <strong className="figures">{signed(row.change_text || row.change)}</strong>
          </div>
          <div className="phone-row quiet figures">
            <span>{format.instant(row.effective_at)}</span>
            <span>{row.user_name}</span>
          </div>
        </>
      )}
    />
  );
}

/** The ledger entries behind one figure of stock: they sum up to it. */
export function MovementDrawer({ behind, onClose }: { behind: Behind | null; onClose: () => void }) {
  const { t } = useTranslation("inventory");
  return (
    <Drawer
      open={behind !== null}
      onClose={onClose}
      size={860}
      destroyOnHidden
      title={behind ? `${behind.row.sku_name} · ${t(`movement.figure.${behind.figure}`)}` : ""}
    >
      {behind && <Movements behind={behind} />}
    </Drawer>
  );
}
