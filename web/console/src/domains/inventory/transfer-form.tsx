import { uuid7 } from "@shared/ids";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSendTransfer } from "@/gen/inventory/inventory";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { useDraft } from "@/ui/use-draft";
import { useWarehouses, WarehouseField } from "@/ui/warehouse-field";
import { type EntryLine, EntryLines, isFilled } from "./entry-lines";
import { useRefreshStock } from "./refresh";

interface Draft {
  fromId: number | null;
  toId: number | null;
  isDistant: boolean;
  note: string;
  lines: EntryLine[];
}
const EMPTY: Draft = { fromId: null, toId: null, isDistant: true, note: "", lines: [] };

/** Sends goods from one warehouse to another of the same organization. */
export function TransferForm({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefreshStock();
  const [draft, setDraft, clear] = useDraft<Draft>("transfer", EMPTY);
  const [id] = useState(() => uuid7());
  const places = useWarehouses(organizationId);
  const filled = draft.lines.filter(isFilled);
  const { fromId, toId } = draft;
  const send = useSendTransfer({
    mutation: {
      onSuccess: (made) => {
        const key = made.state === "SENT" ? "transfer.done_sent" : "transfer.done_received";
        void message.success(t(key, { number: made.number }));
        clear();
        refresh();
        void navigate({ to: "/warehouse/transfers/$transferId", params: { transferId: made.id } });
      },
    },
  });
  if (places.length === 1) return <EmptyState text={t("transfer.two_needed")} />;
  const isReady = fromId !== null && toId !== null && fromId !== toId && filled.length > 0;
  const submit = () => {
    if (fromId === null || toId === null) return;
    send.mutate({
      data: {
        id,
        from_warehouse_id: fromId,
        to_warehouse_id: toId,
        is_distant: draft.isDistant,
        note: draft.note,
        lines: filled.map((line) => ({
          sku_code: line.goods.code,
          units: line.units ?? "0",
          lot: line.batch || null,
          note: line.note,
        })),
      },
    });
  };
  return (
    <div className="stack">
      <Card>
        <div className="fields">
          <div className="field">
            <span>{t("transfer.from")}</span>
            <WarehouseField
              organizationId={organizationId}
              label={t("transfer.from")}
              value={fromId ?? undefined}
              onChange={(next) => setDraft({ ...draft, fromId: next ?? null })}
            />
          </div>
          <div className="field">
            <span>{t("transfer.to")}</span>
            <WarehouseField
              organizationId={organizationId}
              label={t("transfer.to")}
              except={fromId ?? undefined}
              value={toId ?? undefined}
              onChange={(next) => setDraft({ ...draft, toId: next ?? null })}
            />
            {fromId !== null && fromId === toId && <span className="field-error">{t("transfer.same")}</span>}
          </div>
          <label className="field">
            <span>{t("entry.remark")}</span>
            <Input
              value={draft.note}
              maxLength={500}
              onChange={(event) => setDraft({ ...draft, note: event.target.value })}
            />
          </label>
        </div>
        <p className="section-gap">
          <Checkbox
            checked={draft.isDistant}
            onChange={(event) => setDraft({ ...draft, isDistant: event.target.checked })}
          >
            {t("transfer.distant")} <span className="quiet">{t("transfer.distant_hint")}</span>
          </Checkbox>
        </p>
      </Card>
      <Card title={t("entry.lines")}>
        <EntryLines lines={draft.lines} onChange={(lines) => setDraft({ ...draft, lines })} />
      </Card>
      <Refusal of={send.error} />
      <div className="entry-foot">
        <span className="quiet">
          {filled.length ? t("entry.lines_count", { count: filled.length }) : t("entry.submit_disabled")}
        </span>
        <Button type="primary" disabled={!isReady} loading={send.isPending} onClick={submit}>
          {t("transfer.submit")}
        </Button>
      </div>
    </div>
  );
}
