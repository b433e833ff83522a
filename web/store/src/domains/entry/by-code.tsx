import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lookAtFaulty } from "@/platform/faulty";
import { Action } from "@/ui/action";
import { Field } from "@/ui/field";
import { Refused } from "@/ui/refused";
import { useReasons } from "@/ui/use-reasons";
import { codeAsked, keepEntry, lastEntry } from "./kept";
import { isPhone, isUnderWay, maskedPhone } from "./phone";
import { Submit } from "./submit";
import { useCode } from "./use-code";
import type { Entry } from "./use-entry";
import { useWaitWords } from "./wait-words";
import "./entry.scss";

/** The number a code is under way to, else the one that was used last. */
function firstPhone(): string {
  const asked = codeAsked();
  if (isUnderWay(asked, Date.now())) return asked.phone;
  const { name } = lastEntry();
  return isPhone(name) ? name : "";
}

/** The phone, and the code that came to it. Whether somebody has this phone is never told. */
export function ByCode({ entry, isBinding }: { entry: Entry; isBinding: boolean }) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState(firstPhone);
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState<"" | "send" | "enter">("");
  const sms = useCode(phone);
  const again = useWaitWords(sms.left, "again");
  const isReady = /^\d{6}$/.test(code);
  const told = useReasons(sms.error, { phone });
  const entered = useReasons(entry.refusal, { phone, code });
  const send = () => {
    setAsked("send");
    entry.forget();
    if (isPhone(phone)) sms.send();
    else lookAtFaulty();
  };
  const go = () => {
    setAsked("enter");
    if (!isPhone(phone) || !isReady) return lookAtFaulty();
    if (entry.isBusy) return;
    keepEntry({ way: "code", name: phone.trim() });
    entry.prove({ way: "code", phone, code }, isBinding);
  };
  return (
    <>
      <Field
        label={t("sign_in.phone")}
        value={phone}
        onChange={setPhone}
        type="tel"
        autoComplete="tel"
        maxLength={20}
        problem={
          asked && !isPhone(phone)
            ? t("sign_in.need.phone")
            : (told.reasonOf("phone") ?? entered.reasonOf("phone"))
        }
      />
      <Field
        label={t("sign_in.code")}
        value={code}
        onChange={(text) => setCode(text.replace(/\D/g, ""))}
        type="tel"
        autoComplete="one-time-code"
        maxLength={6}
        problem={asked === "enter" && !isReady ? t("sign_in.need.code") : entered.reasonOf("code")}
        help={sms.isSent ? t("sign_in.sent", { phone: maskedPhone(phone) }) : t("sign_in.code_help")}
        onEnter={go}
        aside={
          <Action kind="plain" isBusy={sms.isBusy} isDisabled={sms.left > 0} onClick={send}>
            {again || t(sms.isSent ? "sign_in.send_again" : "sign_in.send")}
          </Action>
        }
      />
      {told.rest && (
        <div className="entry-refused">
          <Refused error={told.rest} />
        </div>
      )}
      <Submit entry={entry} rest={entered.rest} onClick={go} />
    </>
  );
}
