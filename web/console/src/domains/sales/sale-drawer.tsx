import { uuid7 } from "@shared/ids";
import { App, Button, Drawer, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGetSale, useReverseSale } from "@/gen/inventory/inventory";
import type { SaleLineOut, SaleOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Pairs } from "@/ui/pairs";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { StockEntries } from "@/ui/stock-entries";
import { useFormat } from "@/ui/use-format";
import { useRefreshSales } from "./refresh";
import { SaleCorrection } from "./sale-correct";
import { amountOf, Buyer, paid, SaleTag } from "./sale-words";

function useColumns(): Column<SaleLineOut>[] {
  const { t } = useTranslation("sales");
  return useMemo(
    () => [
      {
        key: "goods",
        title: t("field.goods"),
        width: 220,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">
              {row.sku_code} {row.lot}
            </span>
          </span>
        ),
      },
      {
        key: "units",
        title: t("field.quantity"),
        width: 110,
        numeric: true,
        render: (row) => row.units_text || row.units,
      },
      {
        key: "amount",
        title: t("field.amount"),
        width: 110,
        numeric: true,
        render: (row) => paid(row.amount),
      },
      {
        key: "state",
        title: t("field.state"),
        width: 110,
        render: (row) => row.is_reversed && <StateTag tone="idle">{t("state.reversed")}</StateTag>,
      },
    ],
    [t],
  );
}

function Reverse({ of: sale, onDone }: { of: SaleOut; onDone: (reversal: SaleOut) => void }) {
  const { t } = useTranslation("sales");
  const { message } = App.useApp();
  const refresh = useRefreshSales();
  const [isAsked, setIsAsked] = useState(false);
  const [id] = useState(() => uuid7());
  const reverse = useReverseSale({
    mutation: {
      onSuccess: (reversal) => {
        void message.success(t("reverse.done", { number: reversal.number }));
        refresh();
        onDone(reversal);
      },
    },
  });
  return (
    <>
      <Button danger onClick={() => setIsAsked(true)}>
        {t("reverse.action")}
      </Button>
      <ReasonDialog
        isOpen={isAsked}
        isBusy={reverse.isPending}
        problem={reverse.error}
        title={t("reverse.title", { number: sale.number })}
        explanation={t("reverse.explanation")}
        confirm={t("reverse.action")}
        onClose={() => setIsAsked(false)}
        onConfirm={(note) => reverse.mutate({ saleId: sale.id, data: { id, note } })}
      />
    </>
  );
}

function Details({ of: sale, onOpen }: { of: SaleOut; onOpen: (saleId: string) => void }) {
  const { t } = useTranslation("sales");
  const format = useFormat();
  const columns = useColumns();
  const reversed = sale.reverses_id;
  return (
    <div className="stack">
      <div>
        <SaleTag of={sale} />
        {reversed && (
          <Button type="link" size="small" onClick={() => onOpen(reversed)}>
            {t("reverse.original")}
          </Button>
        )}
      </div>
      <Pairs
        of={[
          [t("field.day"), format.day(sale.business_date)],
          [t("field.buyer"), <Buyer key="buyer" of={sale} />],
          [t("field.seller"), sale.organization_name],
          [t("field.warehouse"), sale.warehouse_name],
          [t("field.amount"), amountOf(sale)],
          [t("field.source"), t(`source.${sale.source}`)],
          [t("field.recorded"), `${format.instant(sale.recorded_at)} ${sale.recorded_by_name}`],
          [t("field.note"), sale.note],
        ]}
      />
      <div className="card">
        <SimpleTable
          columns={columns}
          rows={sale.lines}
          rowKey={(line) => line.line_no}
          card={(line) => (
            <>
              <div className="cell-main">{line.sku_name}</div>
              <div className="phone-row figures">
                <span>{line.units_text || line.units}</span>
                <span>{paid(line.amount)}</span>
              </div>
              {line.is_reversed && <StateTag tone="idle">{t("state.reversed")}</StateTag>}
            </>
          )}
        />
      </div>
    </div>
  );
}

interface SaleDrawerProps {
  saleId: string;
  onOpen: (saleId: string) => void;
  onClose: () => void;
}

/** One sale with its goods; from here it is taken back, and the ledger shows what it wrote. */
export function SaleDrawer({ saleId, onOpen, onClose }: SaleDrawerProps) {
  const { t } = useTranslation("sales");
  const { data: sale, error, refetch } = useGetSale(saleId);
  return (
    <Drawer
      open
      size={720}
      title={sale?.number ?? t("list.title")}
      onClose={onClose}
      footer={
        sale && (
          <div className="form-buttons">
            <StockEntries sourceType="sale" sourceId={sale.id} title={sale.number} />
            {sale.allowed_actions.includes("correct") && (
              <SaleCorrection key={`correct ${sale.id}`} of={sale} onDone={(made) => onOpen(made.id)} />
            )}
            {sale.allowed_actions.includes("reverse") && (
              <Reverse key={sale.id} of={sale} onDone={(reversal) => onOpen(reversal.id)} />
            )}
          </div>
        )
      }
    >
      {error && !sale ? (
        <Refusal of={error} onRetry={() => void refetch()} />
      ) : sale ? (
        <Details of={sale} onOpen={onOpen} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}
