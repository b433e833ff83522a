import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignIn } from "@/gen/access/access";
import { toTab } from "@/navigation";
import { IS_WEAPP } from "@/platform/server";
import { setToken } from "@/token";
import { Action } from "@/ui/action";
import { Field } from "@/ui/field";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";

export default function SignInPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn({
    mutation: {
      onSuccess: async (session) => {
        setToken(session.token);
        queries.clear();
        await toTab("home");
      },
    },
  });
  return (
    <Page title={t("sign_in.title")}>
      <Field label={t("sign_in.username")} value={username} onChange={setUsername} autoComplete="username" />
      <Field
        label={t("sign_in.password")}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
      />
      {signIn.error && <Refused error={signIn.error} />}
      <Action
        isWide
        isBusy={signIn.isPending}
        onClick={() => signIn.mutate({ data: { username, password, device: IS_WEAPP } })}
      >
        {t("sign_in.go")}
      </Action>
    </Page>
  );
}
