import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Action } from "@/ui/action";
import { Choice } from "@/ui/choice";
import { Field } from "@/ui/field";
import { Refused } from "@/ui/refused";
import { wantsFactor } from "./asks";
import { Submit } from "./submit";
import type { Entry } from "./use-entry";
import "./entry.scss";

/** For whom one comes this time. */
export function IdentityStep({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="entry-question">{t("sign_in.choose")}</p>
      <Choice
        label={t("sign_in.choose_title")}
        value={entry.chosen.userId ?? 0}
        options={entry.choices.map((one) => ({ value: one.user_id, title: one.organization }))}
        onChange={(userId) => !entry.isBusy && entry.choose(userId)}
      />
      {entry.refusal && (
        <div className="entry-refused">
          <Refused error={entry.refusal} />
        </div>
      )}
      <Other entry={entry} />
    </>
  );
}

/** The second factor, or a recovery code in its place. */
export function FactorStep({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const [factor, setFactor] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const isWrong = wantsFactor(entry.refusal) && factor === entry.chosen.factor;
  const go = () => {
    setIsAsked(true);
    if (factor.trim() && !entry.isBusy) entry.confirm(factor.trim());
  };
  return (
    <>
      <Field
        label={t("sign_in.totp")}
        help={t("sign_in.totp_help")}
        problem={
          isAsked && !factor.trim() ? t("sign_in.need.code") : isWrong ? t("sign_in.totp_wrong") : undefined
        }
        value={factor}
        onChange={setFactor}
        autoComplete="one-time-code"
        maxLength={40}
        onEnter={go}
      />
      <Submit entry={entry} rest={wantsFactor(entry.refusal) ? null : entry.refusal} onClick={go} />
      <Other entry={entry} />
    </>
  );
}

function Other({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <div className="entry-other">
      <Action kind="quiet" isWide onClick={entry.again}>
        {t("sign_in.other")}
      </Action>
    </div>
  );
}
