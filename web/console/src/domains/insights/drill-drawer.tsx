import { money, number, UNKNOWN } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { drillMetric } from "@/gen/metrics/metrics";
import type { DrillRowOut, FilterIn } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { type Column, DataTable } from "@/ui/data-table";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import type { Days } from "./periods";
import { useMetricWords } from "./tiles";

export interface Drill extends Days {
  metric: string;
  cell: Record<string, string | null>;
  filters?: FilterIn[];
}

function useColumns(currency: string): Column<DrillRowOut>[] {
  const { t } = useTranslation("insights");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "document",
        title: t("drill.document"),
        width: 190,
        render: (row) => {
          const orderId = row.order_id ?? (row.document_type === "order" ? row.document_id : null);
          const label = row.document_number ?? row.order_number ?? UNKNOWN;
          if (!orderId) return <span className="figures">{label}</span>;
          return (
            <Link to="/orders/$orderId" params={{ orderId }} className="cell-main figures nowrap">
              {label}
            </Link>
          );
        },
      },
      {
        key: "date",
        title: t("drill.date"),
        width: 110,
        numeric: true,
        render: (row) => format.day(row.date),
      },
      {
        key: "partner",
        title: t("drill.partner"),
        width: 220,
        render: (row) => <span className="cell-clip">{row.partner_name ?? UNKNOWN}</span>,
      },
      {
        key: "sku",
        title: t("drill.sku"),
        width: 200,
        render: (row) => <span className="cell-clip">{row.sku_name ?? UNKNOWN}</span>,
      },
      {
        key: "quantity",
        title: t("drill.quantity"),
        width: 100,
        numeric: true,
        render: (row) => number(row.quantity),
      },
      {
        key: "amount",
        title: t("drill.amount"),
        width: 130,
        numeric: true,
        render: (row) =>
          row.sign < 0 && row.amount ? money(`-${row.amount}`, currency) : money(row.amount, currency),
      },
    ],
    [t, format, currency],
  );
}

function Rows({ of: drill, currency }: { of: Drill; currency: string }) {
  const { t } = useTranslation("insights");
  const columns = useColumns(currency);
  const pages = usePages<DrillRowOut>(["/api/v1/metrics/drill", drill], async (cursor, signal) =>
    drillMetric({ ...drill, cursor }, signal),
  );
  return (
    <DataTable
      isInDrawer
      label={t("drill.label")}
      columns={columns}
      pages={pages}
      rowKey={(row) => `${row.fact} ${row.document_id} ${row.line_no} ${row.sign}`}
      empty={t("drill.empty")}
    />
  );
}

interface DrillDrawerProps {
  drill: Drill | null;
  currency: string;
  onClose: () => void;
}

/** The document rows behind a figure, in the reader's reach. */
export function DrillDrawer({ drill, currency, onClose }: DrillDrawerProps) {
  const { t } = useTranslation("insights");
  const words = useMetricWords();
  const word = words.get(drill?.metric ?? "");
  const name = useWord()(word);
  return (
    <Drawer open={drill !== null} onClose={onClose} size={1000} title={t("drill.title", { name })}>
      {drill && <Rows of={drill} currency={currency} />}
    </Drawer>
  );
}
