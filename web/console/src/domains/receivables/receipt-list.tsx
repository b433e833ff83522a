import { money } from "@shared/money";
import { App, Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptOut, ReceiptState } from "@/gen/model";
import { getListReceiptsQueryKey, listReceipts, useReverseReceipt } from "@/gen/money/money";
import { type Column, DataTable } from "@/ui/data-table";
import { type Field, FilterBar } from "@/ui/filter-bar";
import { PartnerField } from "@/ui/partner-field";
import { ReasonDialog } from "@/ui/reason-action";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useMoneyChanged } from "./receipt-form";

const STATES = ["POSTED", "REVERSED"] as const satisfies readonly ReceiptState[];

function ReceiptStateTag({ of: receipt }: { of: ReceiptOut }) {
  const { t } = useTranslation("money");
  return (
    <StateTag tone={receipt.state === "POSTED" ? "good" : "idle"}>
      {t(`receipt_state.${receipt.state}`)}
    </StateTag>
  );
}

function Reversal({ of: receipt, onClose }: { of: ReceiptOut; onClose: () => void }) {
  const { t } = useTranslation("money");
  const { message } = App.useApp();
  const changed = useMoneyChanged();
  const amount = money(receipt.amount, receipt.currency);
  const reverse = useReverseReceipt({
    mutation: {
      onSuccess: () => {
        void message.success(t("reverse.done", { number: receipt.number }));
        changed();
        onClose();
      },
    },
  });
  return (
    <ReasonDialog
      isOpen
      title={t("reverse.title", { number: receipt.number })}
      explanation={t("reverse.explained", { amount, name: receipt.buyer_name })}
      confirm={t("reverse.go")}
      isBusy={reverse.isPending}
      problem={reverse.error}
      onClose={onClose}
      onConfirm={(reason) => reverse.mutate({ receiptId: receipt.id, data: { reason } })}
    />
  );
}

function useColumns(
  mayReverse: (receipt: ReceiptOut) => boolean,
  onReverse: (receipt: ReceiptOut) => void,
): Column<ReceiptOut>[] {
  const { t } = useTranslation("money");
  const format = useFormat();
  return useMemo(() => {
    const columns: Column<ReceiptOut>[] = [
      {
        key: "number",
        title: t("receipt.number"),
        width: 156,
        render: (row) => <span className="cell-main figures nowrap">{row.number}</span>,
      },
      { key: "state", title: t("receipt.state"), width: 104, render: (row) => <ReceiptStateTag of={row} /> },
      {
        key: "buyer",
        title: t("field.buyer"),
        width: 206,
        render: (row) => (
          <span className="cell-clip" title={row.buyer_name}>
            {row.buyer_name}
          </span>
        ),
      },
      {
        key: "amount",
        title: t("receipt.amount"),
        width: 120,
        numeric: true,
        render: (row) => <strong>{money(row.amount, row.currency)}</strong>,
      },
      { key: "method", title: t("receipt.method"), width: 120, render: (row) => t(`method.${row.method}`) },
      {
        key: "reference",
        title: t("receipt.reference"),
        width: 156,
        render: (row) => <span className="cell-clip figures">{row.reference || "–"}</span>,
      },
      {
        key: "day",
        title: t("receipt.value_date"),
        width: 96,
        numeric: true,
        render: (row) => format.day(row.value_date),
      },
      {
        key: "note",
        title: t("receipt.note"),
        width: 124,
        render: (row) => (
          <span className="cell-clip quiet" title={row.reversal_reason || row.note}>
            {row.reversal_reason || row.note || "–"}
          </span>
        ),
      },
    ];
    columns.push({
      key: "act",
      title: t("receipt.act"),
      width: 80,
      render: (row) =>
        mayReverse(row) && (
          <Button type="link" size="small" onClick={() => onReverse(row)}>
            {t("reverse.short")}
          </Button>
        ),
    });
    return columns;
  }, [t, format, mayReverse, onReverse]);
}

function ReceiptCard({ of: row, onReverse }: { of: ReceiptOut; onReverse?: (receipt: ReceiptOut) => void }) {
  const { t } = useTranslation("money");
  const format = useFormat();
  return (
    <>
      <div className="phone-row">
        <span className="cell-main figures">{row.number}</span>
        <ReceiptStateTag of={row} />
      </div>
      <div className="phone-row">
        <span>{row.buyer_name}</span>
        <strong className="figures">{money(row.amount, row.currency)}</strong>
      </div>
      <div className="phone-row quiet figures">
        <span>
          {t(`method.${row.method}`)} {row.reference}
        </span>
        <span>{format.day(row.value_date)}</span>
      </div>
      {onReverse && (
        <div>
          <Button size="small" onClick={() => onReverse(row)}>
            {t("reverse.short")}
          </Button>
        </div>
      )}
    </>
  );
}

/** Money received, newest first; what `sellerId` entered wrongly it takes back with a reason. */
export function ReceiptList({
  sellerId,
  findsPartners,
}: {
  sellerId: number | undefined;
  findsPartners: boolean;
}) {
  const { t } = useTranslation("money");
  const [filters, change] = useFilters();
  const [reversed, setReversed] = useState<ReceiptOut | null>(null);
  const state = STATES.find((known) => known === one(filters.state));
  const params = { buyer_id: Number(one(filters.buyer)) || undefined, state };
  const pages = usePages(getListReceiptsQueryKey(params), (cursor, signal) =>
    listReceipts({ ...params, cursor }, signal),
  );
  const mayReverse = useCallback(
    (row: ReceiptOut) => row.state === "POSTED" && row.seller_id === sellerId,
    [sellerId],
  );
  const columns = useColumns(mayReverse, setReversed);
  const fields: Field[] = [
    {
      kind: "choice",
      name: "state",
      placeholder: t("receipt.state"),
      options: STATES.map((value) => ({ value, label: t(`receipt_state.${value}`) })),
    },
  ];
  return (
    <>
      <div className="filter-line">
        {findsPartners && (
          <PartnerField
            className="filter-wide"
            label={t("field.buyer")}
            value={params.buyer_id}
            onChange={(id) => change({ buyer: id === undefined ? undefined : String(id) })}
          />
        )}
        <FilterBar fields={fields} />
      </div>
      <DataTable
        label={t("receipt.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("receipt.empty")}
        card={(row) => <ReceiptCard of={row} onReverse={mayReverse(row) ? setReversed : undefined} />}
      />
      {reversed && <Reversal of={reversed} onClose={() => setReversed(null)} />}
    </>
  );
}
