import { compare } from "@shared/decimal";
import type { UnitFactor } from "@shared/quantity";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCancelTransfer, useFindGoods, useReceiveTransfer } from "@/gen/inventory/inventory";
import type { TransferOut } from "@/gen/model";
import { Attachments } from "@/ui/attachments";
import { CaseInput } from "@/ui/case-input";
import { Comments } from "@/ui/comments";
import { Card } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-action";
import { StockEntries } from "@/ui/stock-entries";
import { useFormat } from "@/ui/use-format";
import { DocumentLines } from "./document-lines";
import { useLotWords } from "./lot-words";
import type { Keeper } from "./reader";
import { useRefreshStock } from "./refresh";

function ReceiveDialog({ of: transfer, onClose }: { of: TransferOut; onClose: () => void }) {
  const { t } = useTranslation("inventory");
  const say = useLotWords();
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const [typed, setTyped] = useState<Record<number, string | null>>({});
  const goods = useFindGoods({ sku_id: transfer.lines.map((line) => line.sku_id), limit: 500 });
  const known = new Map(goods.data?.map((one) => [one.sku_id, one]));
  const receive = useReceiveTransfer({
    mutation: {
      onSuccess: () => {
        void message.success(t("transfer.got", { number: transfer.number }));
        refresh();
        onClose();
      },
    },
  });
  const changed = transfer.lines.flatMap((line) => {
    const received = typed[line.line_no];
    return received != null && compare(received, line.units) !== 0
      ? [{ line_no: line.line_no, received }]
      : [];
  });
  return (
    <ReasonDialog
      isOpen
      isReasonNeeded={false}
      title={t("transfer.receive_title", { number: transfer.number })}
      explanation={t("transfer.receive_text")}
      confirm={t("transfer.receive")}
      isBusy={receive.isPending}
      problem={receive.error}
      onClose={onClose}
      onConfirm={() => receive.mutate({ transferId: transfer.id, data: { lines: changed } })}
    >
      <ul className="quantity-rows">
        {transfer.lines.map((line) => {
          const sku = known.get(line.sku_id);
          return (
            <li key={line.line_no}>
              <span className="cell-two">
                <span className="cell-main">{line.sku_name}</span>
                <span className="quiet figures">
                  {t("transfer.quantity")} {line.units_text} {say(line)}
                </span>
              </span>
              <CaseInput
                value={typed[line.line_no] ?? line.units}
                units={(sku?.units ?? []) as UnitFactor[]}
                baseUnit={sku?.base_unit ?? ""}
                key={sku ? "known" : "unknown"}
                label={`${t("transfer.arrived")} ${line.sku_name}`}
                onChange={(next) => setTyped({ ...typed, [line.line_no]: next ?? "0" })}
              />
            </li>
          );
        })}
      </ul>
    </ReasonDialog>
  );
}

/** Receive or cancel, as far as the document allows. */
export function TransferActions({ of: transfer }: { of: TransferOut }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const [asked, setAsked] = useState<"receive" | "cancel" | null>(null);
  const cancel = useCancelTransfer({
    mutation: {
      onSuccess: () => {
        void message.success(t("transfer.cancelled", { number: transfer.number }));
        setAsked(null);
        refresh();
      },
    },
  });
  return (
    <>
      <StockEntries sourceType="transfer" sourceId={transfer.id} title={transfer.number} />
      {transfer.allowed_actions.includes("cancel") && (
        <Button danger onClick={() => setAsked("cancel")}>
          {t("transfer.cancel")}
        </Button>
      )}
      {transfer.allowed_actions.includes("receive") && (
        <Button type="primary" onClick={() => setAsked("receive")}>
          {t("transfer.receive")}
        </Button>
      )}
      {asked === "receive" && <ReceiveDialog of={transfer} onClose={() => setAsked(null)} />}
      {asked === "cancel" && (
        <ReasonDialog
          isOpen
          title={`${t("transfer.cancel")} · ${transfer.number}`}
          explanation={t("transfer.cancel_text")}
          confirm={t("transfer.cancel")}
          isBusy={cancel.isPending}
          problem={cancel.error}
          onClose={() => setAsked(null)}
          onConfirm={(note) => cancel.mutate({ transferId: transfer.id, data: { note } })}
        />
      )}
    </>
  );
}

/** One transfer: what left, what arrived, files and words. */
export function TransferDocument({ of: transfer, keeper }: { of: TransferOut; keeper: Keeper }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const pairs: [string, string][] = [
    [t("transfer.from"), transfer.from_warehouse_name],
    [t("transfer.to"), transfer.to_warehouse_name],
    [t("transfer.sent"), `${format.instant(transfer.sent_at)} ${transfer.sent_by_name}`],
    [t("transfer.received"), `${format.instant(transfer.received_at)} ${transfer.received_by_name}`],
    [t("entry.remark"), transfer.note || "–"],
  ];
  return (
    <div className="document">
      <div className="stack">
        <Card flush title={t("entry.lines")}>
          <DocumentLines of={transfer.lines} quantityTitle={t("transfer.quantity")} withReceived />
        </Card>
        <Attachments
          subjectType="transfer"
          subjectId={transfer.id}
          mayWrite={keeper.mayAttach}
          userId={keeper.userId}
          isPhotoFirst
        />
      </div>
      <div className="stack">
        <Card>
          <dl className="pairs">
            {pairs.map(([name, value]) => (
              <div className="pair" key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Card>
        <Comments subjectType="transfer" subjectId={transfer.id} isStaff={keeper.isStaff} />
      </div>
    </div>
  );
}
