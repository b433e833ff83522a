import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignIn } from "@/gen/access/access";
import { toTab } from "@/navigation";
import { IS_WEAPP } from "@/platform/server";
import { setToken } from "@/token";
import { Action } from "@/ui/action";
import { Choice } from "@/ui/choice";
import { Field } from "@/ui/field";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { identitiesOf, wantsCode } from "./identity";

/** User name or phone and password; the company where one serves several, the second factor where it is set up. */
export default function SignInPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [userId, setUserId] = useState<number | null>(null);
  const signIn = useSignIn({
    mutation: {
      onSuccess: async (session) => {
        setToken(session.token);
        queries.clear();
        await toTab("home");
      },
    },
  });
  const identities = identitiesOf(signIn.error);
  const isCodeWanted = wantsCode(signIn.error) || totp !== "";
  const go = (chosen: number | null = userId) =>
    signIn.mutate({
      data: { username: username.trim(), password, totp, user_id: chosen, device: IS_WEAPP },
    });
  const isQuestion = identities.length > 0 || (wantsCode(signIn.error) && totp === "");
  return (
    <Page title={t(identities.length > 0 ? "sign_in.choose_title" : "sign_in.title")}>
      {identities.length > 0 ? (
        <>
          <p>{t("sign_in.choose")}</p>
          <Choice
            label={t("sign_in.choose_title")}
            value={userId ?? 0}
            options={identities.map((one) => ({ value: one.user_id, title: one.organization }))}
            onChange={(chosen) => {
              setUserId(chosen);
              go(chosen);
            }}
          />
        </>
      ) : (
        <>
          <Field
            label={t("sign_in.username")}
            value={username}
            onChange={setUsername}
            autoComplete="username"
          />
          <Field
            label={t("sign_in.password")}
            value={password}
            onChange={setPassword}
            type="password"
            autoComplete="current-password"
          />
          {isCodeWanted && (
            <Field
              label={t("sign_in.totp")}
              help={t("sign_in.totp_help")}
              value={totp}
              onChange={setTotp}
              autoComplete="one-time-code"
            />
          )}
          {signIn.error && !isQuestion && <Refused error={signIn.error} />}
          <Action isWide isBusy={signIn.isPending} onClick={() => go()}>
            {t("sign_in.go")}
          </Action>
        </>
      )}
    </Page>
  );
}
