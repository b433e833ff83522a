import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StockLineOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { SimpleTable } from "@/ui/simple-table";
import { useLotWords } from "./lot-words";

/** The lines of an adjustment or transfer as they were written. */
export function DocumentLines({
  of: lines,
  quantityTitle,
  withReceived = false,
}: {
  of: readonly StockLineOut[];
  quantityTitle: string;
  withReceived?: boolean;
}) {
  const { t } = useTranslation("inventory");
  const say = useLotWords();
  const columns = useMemo(() => {
    const all: Column<StockLineOut>[] = [
      {
        key: "sku",
        title: t("stock.sku"),
        width: 240,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      {
        key: "units",
        title: quantityTitle,
        width: 130,
        numeric: true,
        render: (row) => <strong>{row.units_text}</strong>,
      },
      { key: "lot", title: t("stock.lot"), width: 220, render: (row) => say(row) },
      { key: "note", title: t("entry.note"), width: 140, render: (row) => row.note },
    ];
    if (withReceived)
      all.splice(2, 0, {
        key: "received",
        title: t("transfer.arrived"),
        width: 110,
        numeric: true,
        render: (row) => row.received ?? "–",
      });
    return all;
  }, [t, say, quantityTitle, withReceived]);
  return (
    <SimpleTable
      columns={columns}
      rows={lines}
      rowKey={(row) => row.line_no}
      card={(row) => (
        <>
          <div className="phone-row">
            <span className="cell-main">{row.sku_name}</span>
            <strong className="figures">{row.units_text}</strong>
          </div>
          <span className="quiet">{[row.sku_code, say(row), row.note].filter(Boolean).join(" · ")}</span>
        </>
      )}
    />
  );
}
