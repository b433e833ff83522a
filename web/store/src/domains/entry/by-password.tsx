import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lookAtFaulty } from "@/platform/faulty";
import { Action } from "@/ui/action";
import { Field } from "@/ui/field";
import { SecretField } from "@/ui/secret-field";
import { useReasons } from "@/ui/use-reasons";
import { keepEntry, lastEntry } from "./kept";
import { Submit } from "./submit";
import type { Entry } from "./use-entry";

interface Props {
  entry: Entry;
  isBinding: boolean;
  onCodeInstead: () => void;
}

/** User name or phone, and password. */
export function ByPassword({ entry, isBinding, onCodeInstead }: Props) {
  const { t } = useTranslation();
  const [username, setUsername] = useState(() => lastEntry().name);
  const [password, setPassword] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const { reasonOf, rest } = useReasons(entry.refusal, { username, password });
  const go = () => {
    setIsAsked(true);
    if (!username.trim() || !password) return lookAtFaulty();
    if (entry.isBusy) return;
    keepEntry({ way: "password", name: username.trim() });
    entry.prove({ way: "password", username, password }, isBinding);
  };
  return (
    <>
      <Field
        label={t("sign_in.username")}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        maxLength={140}
        problem={isAsked && !username.trim() ? t("sign_in.need.username") : reasonOf("username")}
        onEnter={go}
      />
      <SecretField
        label={t("sign_in.password")}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        problem={isAsked && !password ? t("sign_in.need.password") : reasonOf("password")}
        onEnter={go}
      />
      <Submit entry={entry} rest={rest} onClick={go} />
      <Action kind="quiet" isWide onClick={onCodeInstead}>
        {t("sign_in.forgot")}
      </Action>
    </>
  );
}
