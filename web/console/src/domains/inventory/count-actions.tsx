import { App, Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  useApproveCount,
  useCancelCount,
  useCloseCountRound,
  useRecount,
  useStartCount,
} from "@/gen/inventory/inventory";
import type { CountOut } from "@/gen/model";
import { ButtonLink } from "@/ui/button-link";
import { ReasonDialog } from "@/ui/reason-action";
import { StockEntries } from "@/ui/stock-entries";
import { useRefreshStock } from "./refresh";

const ACTIONS = ["start", "close_round", "recount", "approve", "cancel"] as const;
type Action = (typeof ACTIONS)[number];
const TEXTS = {
  start: "count.start_text",
  close_round: "count.close_text",
  recount: "count.recount_text",
  approve: "count.approve_text",
  cancel: "count.cancel_text",
} as const;
const UNCOUNTED = ["keep", "zero", "refuse"] as const;
type Uncounted = (typeof UNCOUNTED)[number];
const AS_ZERO: Record<Uncounted, boolean | null> = { keep: false, zero: true, refuse: null };

function useMoves(count: CountOut, onDone: () => void) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const told = (say: (moved: CountOut) => string) => ({
    mutation: {
      onSuccess: (moved: CountOut) => {
        void message.success(say(moved));
        onDone();
        refresh();
      },
    },
  });
  return {
    start: useStartCount(told((moved) => t("count.started", { count: moved.line_count }))),
    close_round: useCloseCountRound(told(() => t("count.closed", { round: count.round }))),
    recount: useRecount(told((moved) => t("count.recounting", { round: moved.round }))),
    approve: useApproveCount(told(() => t("count.approved", { number: count.number }))),
    cancel: useCancelCount(told(() => t("count.cancelled", { number: count.number }))),
  };
}

function Uncounted({ value, onChange }: { value: Uncounted; onChange: (next: Uncounted) => void }) {
  const { t } = useTranslation("inventory");
  return (
    <div className="field">
      <span id="uncounted">{t("count.uncounted")}</span>
      <Radio.Group
        value={value}
        aria-labelledby="uncounted"
        onChange={(event) => onChange(event.target.value as Uncounted)}
        options={UNCOUNTED.map((one) => ({ value: one, label: t(`count.uncounted_choice.${one}`) }))}
      />
    </div>
  );
}

/** What can be done with a stock-take now; each move says what will happen before it does. */
export function CountActions({ of: count }: { of: CountOut }) {
  const { t } = useTranslation("inventory");
  const [asked, setAsked] = useState<Action | null>(null);
  const [uncounted, setUncounted] = useState<Uncounted>("refuse");
  const moves = useMoves(count, () => setAsked(null));
  const act = (note: string) => {
    const target = { countId: count.id };
    if (asked === "start") moves.start.mutate(target);
    if (asked === "close_round") moves.close_round.mutate(target);
    if (asked === "recount") moves.recount.mutate({ ...target, data: { lines: null } });
    if (asked === "approve")
      moves.approve.mutate({ ...target, data: { note, uncounted_as_zero: AS_ZERO[uncounted] } });
    if (asked === "cancel") moves.cancel.mutate({ ...target, data: { note } });
  };
  const allowed = ACTIONS.filter((action) => count.allowed_actions.includes(action));
  const mayCount = count.allowed_actions.includes("count");
  const isMain = (action: Action) => action === "start" || action === "approve";
  return (
    <>
      <StockEntries sourceType="count" sourceId={count.id} title={count.number} />
      {[...allowed].reverse().map((action) => (
        <Button
          key={action}
          type={isMain(action) ? "primary" : "default"}
          danger={action === "cancel"}
          onClick={() => setAsked(action)}
        >
          {t(`count.${action}`)}
        </Button>
      ))}
      {mayCount && (
        <ButtonLink to="/warehouse/counts/$countId/entry" params={{ countId: count.id }}>
          {t("count.do_count")}
        </ButtonLink>
      )}
      {asked && (
        <ReasonDialog
          isOpen
          isReasonNeeded={asked === "cancel"}
          title={`${t(`count.${asked}`)} · ${count.number}`}
          explanation={t(TEXTS[asked])}
          confirm={t(`count.${asked}`)}
          isBusy={moves[asked].isPending}
          problem={moves[asked].error}
          onClose={() => setAsked(null)}
          onConfirm={act}
        >
          {asked === "approve" && (count.verdicts.UNCOUNTED ?? 0) > 0 && (
            <Uncounted value={uncounted} onChange={setUncounted} />
          )}
        </ReasonDialog>
      )}
    </>
  );
}
