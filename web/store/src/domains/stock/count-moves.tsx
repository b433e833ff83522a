import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefresh } from "@/domains/orders/refresh";
import {
  useApproveCount,
  useCancelCount,
  useCloseCountRound,
  useRecount,
  useStartCount,
} from "@/gen/inventory/inventory";
import type { CountOut } from "@/gen/model";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Chips } from "@/ui/chips";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";

type Move = "start" | "close_round" | "recount" | "approve" | "cancel";

function useMoves(count: CountOut, onDone: () => void) {
  const { t } = useTranslation("store-stock");
  const refresh = useRefresh();
  const told = (words: (moved: CountOut) => string) => ({
    mutation: {
      onSuccess: (moved: CountOut) => {
        say(words(moved));
        onDone();
        refresh();
      },
    },
  });
  return {
    start: useStartCount(told((moved) => t("counts.started", { count: moved.line_count }))),
    close_round: useCloseCountRound(told(() => t("counting.closed"))),
    recount: useRecount(told((moved) => t("counting.again_done", { round: moved.round }))),
    approve: useApproveCount(told(() => t("counting.approved", { number: count.number }))),
    cancel: useCancelCount(told(() => t("counting.cancelled", { number: count.number }))),
  };
}

/** What may be done with a count now; each says what will happen before it does. */
export function CountMoves({ of: count, left }: { of: CountOut; left: number }) {
  const { t } = useTranslation("store-stock");
  const [asked, setAsked] = useState<Move | null>(null);
  const [uncounted, setUncounted] = useState<"keep" | "to_zero">("keep");
  const close = () => setAsked(null);
  const moves = useMoves(count, close);
  const may = (move: Move) => count.allowed_actions.includes(move);
  const target = { countId: count.id };
  return (
    <>
      <div className="two-actions">
        {may("cancel") && (
          <Action kind="plain" onClick={() => setAsked("cancel")}>
            {t("counting.cancel")}
          </Action>
        )}
        {may("recount") && (
          <Action kind="plain" onClick={() => setAsked("recount")}>
            {t("counting.again")}
          </Action>
        )}
        {may("start") && (
          <Action isBusy={moves.start.isPending} onClick={() => moves.start.mutate(target)}>
            {t("counting.start")}
          </Action>
        )}
        {may("close_round") && <Action onClick={() => setAsked("close_round")}>{t("counting.close")}</Action>}
        {may("approve") && <Action onClick={() => setAsked("approve")}>{t("counting.approve")}</Action>}
      </div>
      {moves.start.error && <Refused error={moves.start.error} />}
      <Asked
        isPlain
        title={t("counting.close")}
        question={left === 0 ? t("counting.close_ask_none") : t("counting.close_ask", { count: left })}
        confirm={t("counting.close")}
        isOpen={asked === "close_round"}
        isBusy={moves.close_round.isPending}
        error={moves.close_round.error}
        onClose={close}
        onConfirm={() => moves.close_round.mutate(target)}
      />
      <Asked
        isPlain
        title={t("counting.again")}
        question={t("counting.again_ask")}
        confirm={t("counting.again")}
        isOpen={asked === "recount"}
        isBusy={moves.recount.isPending}
        error={moves.recount.error}
        onClose={close}
        onConfirm={() => moves.recount.mutate({ ...target, data: { lines: null } })}
      />
      <Asked
        title={t("counting.cancel")}
        question={t("counting.cancel_ask")}
        confirm={t("counting.cancel")}
        isOpen={asked === "cancel"}
        isBusy={moves.cancel.isPending}
        error={moves.cancel.error}
        onClose={close}
        onConfirm={(note) => moves.cancel.mutate({ ...target, data: { note } })}
      />
      <Sheet title={t("counting.approve")} isOpen={asked === "approve"} onClose={close}>
        <p className="asked-question">{t("counting.approve_ask")}</p>
        <Chips
          isWrapped
          label={t("counting.approve_ask")}
          value={uncounted}
          options={(["keep", "to_zero"] as const).map((value) => ({ value, label: t(`counting.${value}`) }))}
          onChange={setUncounted}
        />
        {moves.approve.error && <Refused error={moves.approve.error} />}
        <Action
          isWide
          isBusy={moves.approve.isPending}
          onClick={() =>
            moves.approve.mutate({ ...target, data: { uncounted_as_zero: uncounted === "to_zero" } })
          }
        >
          {t("counting.approve")}
        </Action>
      </Sheet>
    </>
  );
}
