import { Button, Drawer, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useListStockEntries } from "@/gen/inventory/inventory";
import type { EntrySideOut, EntrySource, StockEntryOut } from "@/gen/model";
import type { Column } from "./data-table";
import { Refusal } from "./refusal";
import { SimpleTable } from "./simple-table";
import { useFormat } from "./use-format";

const ACCOUNTS = ["stock", "in_transit", "supply", "sold_out", "stock_adjustment"] as const;
const STEPS = [
  "ship",
  "receive",
  "submit",
  "allocate",
  "cancel",
  "send",
  "post",
  "freeze",
  "release",
] as const;
const KINDS = ["POST", "SETTLE", "HOLD", "RELEASE"] as const;
const known = <T extends string>(all: readonly T[], value: string): T | undefined =>
  all.find((one) => one === value);

/** An account as people say it: 库存 · 苏州仓 · 批次; of another party only what kind it is. */
function Side({ of: side }: { of: EntrySideOut | null }) {
  const { t } = useTranslation("documents");
  if (!side) return <span className="quiet">–</span>;
  const kind = known(ACCOUNTS, side.kind);
  const place = side.warehouse_name || side.organization_name;
  return (
    <span className="cell-two">
      <span>{kind ? t(`entries.account.${kind}`) : side.kind}</span>
      <span className="quiet">
        {side.organization_id === null ? t("entries.account.unnamed") : place}
        {side.lot && ` · ${side.lot}`}
      </span>
    </span>
  );
}

function useColumns(): Column<StockEntryOut>[] {
  const { t } = useTranslation("documents");
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: "goods",
        title: t("entries.goods"),
        width: 200,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      {
        key: "quantity",
        title: t("entries.quantity"),
        width: 110,
        numeric: true,
        render: (row) => <strong>{row.amount_text || row.amount}</strong>,
      },
      { key: "from", title: t("entries.from"), width: 160, render: (row) => <Side of={row.given_by} /> },
      { key: "to", title: t("entries.to"), width: 160, render: (row) => <Side of={row.taken_by} /> },
      {
        key: "step",
        title: t("entries.step"),
        width: 120,
        render: (row) => {
          const step = known(STEPS, row.step.split(":")[0] ?? "");
          const kind = known(KINDS, row.kind);
          return (
            <span className="cell-two">
              <span>{t(`entries.steps.${step ?? "other"}`)}</span>
              {kind && <span className="quiet">{t(`entries.kind.${kind}`)}</span>}
            </span>
          );
        },
      },
      {
        key: "at",
        title: t("entries.at"),
        width: 140,
        numeric: true,
        render: (row) => (
          <span className="cell-two">
            <span>{format.instant(row.effective_at)}</span>
            <span className="quiet">{row.user_name}</span>
          </span>
        ),
      },
    ],
    [t, format],
  );
}

function Entries({ sourceType, sourceId }: { sourceType: EntrySource; sourceId: string }) {
  const { t } = useTranslation("documents");
  const columns = useColumns();
  const entries = useListStockEntries({ source_type: sourceType, source_id: sourceId });
  if (entries.error) return <Refusal of={entries.error} onRetry={() => void entries.refetch()} />;
  if (!entries.data) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (entries.data.length === 0) return <p className="quiet">{t("entries.none")}</p>;
  return (
    <div className="stack">
      <p className="quiet">{t("entries.note")}</p>
      <div className="card">
        <SimpleTable
          columns={columns}
          rows={entries.data}
          rowKey={(row) => row.transfer_id}
          card={(row) => (
            <>
              <div className="phone-row">
                <span className="cell-main">{row.sku_name}</span>
                <strong className="figures">{row.amount_text}</strong>
              </div>
              <div className="phone-row">
                <Side of={row.given_by} />
                <span aria-hidden>→</span>
                <Side of={row.taken_by} />
              </div>
            </>
          )}
        />
      </div>
    </div>
  );
}

/** What a document wrote into the ledger of goods, in a drawer behind a quiet button. */
export function StockEntries({
  sourceType,
  sourceId,
  title,
}: {
  sourceType: EntrySource;
  sourceId: string;
  title: string;
}) {
  const { t } = useTranslation("documents");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("entries.open")}</Button>
      <Drawer
        open={isOpen}
        onClose={() => setIsOpen(false)}
        size={1040}
        destroyOnHidden
        title={`${t("entries.title")} · ${title}`}
      >
        <Entries sourceType={sourceType} sourceId={sourceId} />
      </Drawer>
    </>
  );
}
