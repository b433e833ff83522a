import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangePassword } from "@/gen/access/access";
import { lookAtFaulty } from "@/platform/faulty";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";
import { sayThere } from "@/ui/said";
import { SecretField } from "@/ui/secret-field";
import { useReasons } from "@/ui/use-reasons";
import { firstPassword, forgetFirstPassword } from "./first-password";
import { lacksOf, type NewPassword } from "./new-password";
import "./entry.scss";

const wordOf = { fresh: "new", old: "old", again: "again" } as const;

/** The present password and twice the new one; who typed the present one a moment ago is not asked for it. */
export function PasswordForm({ onDone }: { onDone: () => Promise<unknown> }) {
  const { t } = useTranslation("store-mine");
  const [isKnown, setIsKnown] = useState(() => firstPassword() !== "");
  const [typed, setTyped] = useState<NewPassword>(() => ({ old: firstPassword(), fresh: "", again: "" }));
  const [isAsked, setIsAsked] = useState(false);
  const change = useChangePassword({
    mutation: {
      onSuccess: () => {
        forgetFirstPassword();
        void sayThere(onDone(), t("password.done"));
      },
      onError: ({ code }) => code === "access.credentials_wrong" && setIsKnown(false),
    },
  });
  const isOldWrong = change.error?.code === "access.credentials_wrong";
  const { reasonOf, rest } = useReasons(change.error, { old: typed.old, new: typed.fresh });
  const lacks = lacksOf(typed);
  const go = () => {
    setIsAsked(true);
    if (Object.keys(lacks).length > 0) lookAtFaulty();
    else if (!change.isPending) change.mutate({ data: { old: typed.old, new: typed.fresh } });
  };
  const problemOf = (name: keyof NewPassword): string | undefined => {
    if (name === "old" && isOldWrong) return t("password.old_wrong");
    const lack = isAsked ? lacks[name] : undefined;
    return lack ? t(`password.${lack}`) : reasonOf(wordOf[name]);
  };
  const field = (name: keyof NewPassword, help?: string) => (
    <SecretField
      label={t(`password.${wordOf[name]}`)}
      value={typed[name]}
      onChange={(text) => {
        if (isOldWrong) change.reset();
        setTyped({ ...typed, [name]: text });
      }}
      autoComplete={name === "old" ? "current-password" : "new-password"}
      problem={problemOf(name)}
      help={help}
      onEnter={go}
    />
  );
  return (
    <>
      {!isKnown && field("old")}
      {field("fresh", t("password.help"))}
      {field("again")}
      {rest && !isOldWrong && (
        <div className="entry-refused">
          <Refused error={rest} />
        </div>
      )}
      <Action isWide isBusy={change.isPending} onClick={go}>
        {t("password.go")}
      </Action>
    </>
  );
}
