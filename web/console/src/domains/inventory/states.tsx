import { useTranslation } from "react-i18next";
import type { AdjustmentState, CountState, LineVerdict, TransferState } from "@/gen/model";
import { StateTag, type Tone } from "@/ui/state-tag";

const ADJUSTMENT: Record<AdjustmentState, Tone> = {
  SUBMITTED: "wait",
  POSTED: "good",
  REJECTED: "bad",
  WITHDRAWN: "idle",
};
const TRANSFER: Record<TransferState, Tone> = { SENT: "note", RECEIVED: "good", CANCELLED: "idle" };
const COUNT: Record<CountState, Tone> = {
  PLANNED: "idle",
  COUNTING: "note",
  REVIEW: "wait",
  POSTED: "good",
  CANCELLED: "idle",
  ABANDONED: "idle",
};
const VERDICT: Record<LineVerdict, Tone> = {
  AGREES: "good",
  DIFFERS: "wait",
  DISPUTED: "bad",
  MOVED: "note",
  UNCOUNTED: "idle",
};

export function AdjustmentTag({ of: state }: { of: AdjustmentState }) {
  const { t } = useTranslation("inventory");
  return <StateTag tone={ADJUSTMENT[state]}>{t(`adjustment.states.${state}`)}</StateTag>;
}

export function TransferTag({ of: state }: { of: TransferState }) {
  const { t } = useTranslation("inventory");
  return <StateTag tone={TRANSFER[state]}>{t(`transfer.states.${state}`)}</StateTag>;
}

export function CountTag({ of: state }: { of: CountState }) {
  const { t } = useTranslation("inventory");
  return <StateTag tone={COUNT[state]}>{t(`count.states.${state}`)}</StateTag>;
}

export function VerdictTag({ of: verdict }: { of: LineVerdict }) {
  const { t } = useTranslation("inventory");
  return <StateTag tone={VERDICT[verdict]}>{t(`count.verdicts.${verdict}`)}</StateTag>;
}
