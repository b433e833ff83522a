import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lookAtFaulty } from "@/platform/faulty";
import { Action } from "./action";
import { Refused } from "./refused";
import { Sheet } from "./sheet";
import { TextArea } from "./text-area";
import { useReasons } from "./use-reasons";
import "./card.scss";

interface Props {
  title: string;
  question: string;
  confirm: string;
  /** What leaves all as it is; "不取消" where something would be cancelled. */
  stay?: string;
  isOpen: boolean;
  isBusy: boolean;
  error: unknown;
  /** No reason is asked for: yes or no. */
  isPlain?: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks before something is taken away or given back, and why where the rules want to know. */
export function Asked({
  title,
  question,
  confirm,
  stay,
  isOpen,
  isBusy,
  error,
  isPlain,
  onClose,
  onConfirm,
}: Props) {
  const { t } = useTranslation("store-follow");
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const { reasonOf, rest } = useReasons(error, isPlain ? {} : { reason });
  const isLacking = !isPlain && reason.trim() === "";
  const go = () => {
    setIsAsked(true);
    if (isLacking) lookAtFaulty();
    else onConfirm(reason.trim());
  };
  return (
    <Sheet title={title} isOpen={isOpen} onClose={onClose}>
      {isPlain ? (
        <p className="asked-question">{question}</p>
      ) : (
        <TextArea
          label={question}
          value={reason}
          problem={isAsked && isLacking ? t("ask.needed") : reasonOf("reason")}
          onChange={setReason}
        />
      )}
      {rest && <Refused error={rest} />}
      <div className="two-actions asked-actions">
        <Action kind="plain" onClick={onClose}>
          {stay ?? t("ask.back")}
        </Action>
        <Action kind={isPlain ? "main" : "bad"} isBusy={isBusy} onClick={go}>
          {confirm}
        </Action>
      </div>
    </Sheet>
  );
}
