import { subtract } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordAdjustment } from "@/gen/inventory/inventory";
import type { AdjustmentReason } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useDraft } from "@/ui/use-draft";
import { useWarehouses, WarehouseField } from "@/ui/warehouse-field";
import { REASONS } from "./adjustment-list";
import { type EntryLine, EntryLines, isFilled } from "./entry-lines";
import { useRefreshStock } from "./refresh";

type Direction = "OUT" | "IN";
/** Reasons that go one way only; the others ask. */
const WAYS: Partial<Record<AdjustmentReason, Direction>> = {
  DAMAGE: "OUT",
  LOSS: "OUT",
  EXPIRED: "OUT",
  SAMPLE: "OUT",
  OWN_USE: "OUT",
  FOUND: "IN",
  OPENING: "IN",
};

interface Draft {
  reason: AdjustmentReason;
  direction: Direction;
  note: string;
  lines: EntryLine[];
  warehouseId: number | null;
}
const EMPTY: Draft = { reason: "DAMAGE", direction: "OUT", note: "", lines: [], warehouseId: null };

/** Records what came or went for a reason; above the limit it waits for somebody else. */
export function AdjustmentForm({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefreshStock();
  const [draft, setDraft, clear] = useDraft<Draft>("adjustment", EMPTY);
  const [id] = useState(() => uuid7());
  const places = useWarehouses(organizationId);
  const warehouseId = draft.warehouseId ?? (places.length === 1 ? (places[0]?.id ?? null) : null);
  const direction = WAYS[draft.reason] ?? draft.direction;
  const filled = draft.lines.filter(isFilled);
  const record = useRecordAdjustment({
    mutation: {
      onSuccess: (made) => {
        void message.success(
          t(made.state === "POSTED" ? "adjustment.submitted_posted" : "adjustment.submitted_wait", {
            number: made.number,
          }),
        );
        clear();
        refresh();
        void navigate({ to: "/warehouse/adjustments/$adjustmentId", params: { adjustmentId: made.id } });
      },
    },
  });
  const submit = () => {
    if (warehouseId === null) return;
    record.mutate({
      data: {
        id,
        warehouse_id: warehouseId,
        reason: draft.reason,
        note: draft.note,
        lines: filled.map((line) => ({
          sku_code: line.goods.code,
          units: direction === "OUT" ? subtract("0", line.units ?? "0") : (line.units ?? "0"),
          batch: line.batch,
          expires_on: line.expiresOn,
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
            <span>{t("entry.warehouse")}</span>
            <WarehouseField
              organizationId={organizationId}
              value={warehouseId ?? undefined}
              onChange={(next) => setDraft({ ...draft, warehouseId: next ?? null })}
            />
          </div>
          <label className="field">
            <span>{t("entry.reason")}</span>
            <Select<AdjustmentReason>
              value={draft.reason}
              options={REASONS.map((value) => ({ value, label: t(`adjustment.reasons.${value}`) }))}
              onChange={(reason) => setDraft({ ...draft, reason })}
            />
          </label>
          <div className="field">
            <span>{t("adjustment.direction")}</span>
            <Segmented<Direction>
              value={direction}
              disabled={WAYS[draft.reason] !== undefined}
              aria-label={t("adjustment.direction")}
              options={(["OUT", "IN"] as const).map((value) => ({
                value,
                label: t(`adjustment.direction_choice.${value}`),
              }))}
              onChange={(next) => setDraft({ ...draft, direction: next })}
            />
          </div>
          <label className="field">
            <span>{t("entry.remark")}</span>
            <Input
              value={draft.note}
              maxLength={500}
              placeholder={t("entry.remark_hint")}
              onChange={(event) => setDraft({ ...draft, note: event.target.value })}
            />
          </label>
        </div>
      </Card>
      <Card title={t("entry.lines")}>
        <EntryLines
          lines={draft.lines}
          withLot={direction === "IN"}
          onChange={(lines) => setDraft({ ...draft, lines })}
        />
      </Card>
      <Refusal of={record.error} />
      <div className="entry-foot">
        <span className="quiet">
          {warehouseId === null
            ? t("entry.choose_warehouse")
            : filled.length
              ? t("entry.lines_count", { count: filled.length })
              : t("entry.submit_disabled")}
        </span>
        <Button
          type="primary"
          disabled={warehouseId === null || filled.length === 0}
          loading={record.isPending}
          onClick={submit}
        >
          {t("adjustment.submit")}
        </Button>
      </div>
    </div>
  );
}
