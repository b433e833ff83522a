import { useState } from "react";
import { useTranslation } from "react-i18next";
import { wantsFactor } from "@/domains/entry/asks";
import type { Problem } from "@/problem";
import { Action } from "@/ui/action";
import { Field } from "@/ui/field";
import { Refused } from "@/ui/refused";
import { Sheet } from "@/ui/sheet";

interface Props {
  /** Of the company one changes to. */
  name: string;
  isBusy: boolean;
  error: Problem | null;
  /** A code was sent, so that being asked again means that it was wrong. */
  isAnswered: boolean;
  onClose: () => void;
  onConfirm: (factor: string) => void;
}

/** The second factor of the identity one changes to. */
export function FactorSheet({ name, isBusy, error, isAnswered, onClose, onConfirm }: Props) {
  const { t } = useTranslation(["store-mine", "store"]);
  const [factor, setFactor] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const isWrong = !isBusy && isAnswered && wantsFactor(error);
  const go = () => {
    setIsAsked(true);
    if (factor.trim() && !isBusy) onConfirm(factor.trim());
  };
  const problem =
    isAsked && !factor.trim() ? t("store:sign_in.need.code") : isWrong ? t("store:sign_in.totp_wrong") : "";
  return (
    <Sheet title={t("identity.go", { organization: name })} isOpen onClose={onClose}>
      <p className="asked-question">{t("identity.totp")}</p>
      <Field
        label={t("store:sign_in.totp")}
        help={t("store:sign_in.totp_help")}
        problem={problem}
        value={factor}
        onChange={setFactor}
        autoComplete="one-time-code"
        maxLength={40}
        onEnter={go}
      />
      {error && !wantsFactor(error) && <Refused error={error} />}
      <div className="asked-actions">
        <Action isWide isBusy={isBusy} onClick={go}>
          {t("identity.switch")}
        </Action>
      </div>
    </Sheet>
  );
}
