import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApproveAdjustment, useRejectAdjustment, useWithdrawAdjustment } from "@/gen/inventory/inventory";
import type { AdjustmentOut } from "@/gen/model";
import { Attachments } from "@/ui/attachments";
import { Comments } from "@/ui/comments";
import { Card } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-action";
import { StockEntries } from "@/ui/stock-entries";
import { useFormat } from "@/ui/use-format";
import { DocumentLines } from "./document-lines";
import type { Keeper } from "./reader";
import { useRefreshStock } from "./refresh";

const ACTIONS = ["approve", "reject", "withdraw"] as const;
type Action = (typeof ACTIONS)[number];
const DONE = { approve: "approved", reject: "rejected", withdraw: "withdrawn" } as const;

/** Approve, reject, withdraw: as far as the document allows. */
export function AdjustmentActions({ of: document }: { of: AdjustmentOut }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const [asked, setAsked] = useState<Action | null>(null);
  const told = (action: Action) => ({
    mutation: {
      onSuccess: () => {
        void message.success(t(`adjustment.${DONE[action]}`, { number: document.number }));
        setAsked(null);
        refresh();
      },
    },
  });
  const approve = useApproveAdjustment(told("approve"));
  const reject = useRejectAdjustment(told("reject"));
  const withdraw = useWithdrawAdjustment(told("withdraw"));
  const act = (note: string) => {
    const target = { adjustmentId: document.id };
    if (asked === "approve") approve.mutate({ ...target, data: { note } });
    if (asked === "reject") reject.mutate({ ...target, data: { note } });
    if (asked === "withdraw") withdraw.mutate(target);
  };
  const running = { approve, reject, withdraw };
  const allowed = ACTIONS.filter((action) => document.allowed_actions.includes(action));
  return (
    <>
      <StockEntries sourceType="adjustment" sourceId={document.id} title={document.number} />
      {allowed.map((action) => (
        <Button
          key={action}
          type={action === "approve" ? "primary" : "default"}
          danger={action === "reject"}
          onClick={() => setAsked(action)}
        >
          {t(`adjustment.${action}`)}
        </Button>
      ))}
      {asked && (
        <ReasonDialog
          isOpen
          isReasonNeeded={asked === "reject"}
          title={`${t(`adjustment.${asked}`)} · ${document.number}`}
          explanation={t(`adjustment.${asked}_text`)}
          confirm={t(`adjustment.${asked}`)}
          isBusy={running[asked].isPending}
          problem={running[asked].error}
          onClose={() => setAsked(null)}
          onConfirm={act}
        />
      )}
    </>
  );
}

/** One adjustment: lines, who recorded and decided it, files and words. */
export function AdjustmentDocument({ of: document, keeper }: { of: AdjustmentOut; keeper: Keeper }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const pairs: [string, string][] = [
    [t("entry.reason"), t(`adjustment.reasons.${document.reason}`)],
    [t("stock.place"), document.warehouse_name],
    [t("entry.remark"), document.note || "–"],
    [t("adjustment.created"), `${format.instant(document.created_at)} ${document.created_by_name}`],
    [t("adjustment.decided"), `${format.instant(document.decided_at)} ${document.decided_by_name}`],
    [t("adjustment.decision"), document.decision_note || "–"],
  ];
  return (
    <div className="document">
      <div className="stack">
        <Card flush title={t("entry.lines")}>
          <DocumentLines of={document.lines} quantityTitle={t("adjustment.delta")} />
        </Card>
        <Attachments
          subjectType="adjustment"
          subjectId={document.id}
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
        <Comments subjectType="adjustment" subjectId={document.id} isStaff={keeper.isStaff} />
      </div>
    </div>
  );
}
