import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, QRCode, Typography } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBeginTotp, useConfirmTotp, useRemoveTotp } from "@/gen/access/access";
import type { TotpOut } from "@/gen/model";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SecretOnce } from "@/ui/secret-once";
import { StateTag } from "@/ui/state-tag";
import { sessionQuery, useSession } from "./session";

/** The secret for apps that cannot see the picture: in groups of four to type, or copied as one. */
function Secret({ of: secret }: { of: string }) {
  const { t } = useTranslation("access");
  return (
    <div>
      <p className="quiet">{t("security.secret")}</p>
      <Typography.Text code copyable={{ text: secret }} className="totp-secret">
        {secret.match(/.{1,4}/g)?.join(" ")}
      </Typography.Text>
    </div>
  );
}

interface ConfirmProps {
  of: TotpOut;
  onDone: (codes: string[]) => void;
  onBack: () => void;
}

function Confirm({ of: totp, onDone, onBack }: ConfirmProps) {
  const { t } = useTranslation("access");
  const [code, setCode] = useState("");
  const confirm = useConfirmTotp({
    mutation: { onSuccess: ({ recovery_codes }) => onDone(recovery_codes) },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ data: { secret: totp.secret, code } });
  };
  const isWrong = confirm.error?.code === "access.totp_needed";
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("security.scan")}</p>
      <QRCode value={totp.uri} type="svg" bgColor="#FFFFFF" color="#0F172A" />
      <Secret of={totp.secret} />
      <FormField label={t("code")} problem={isWrong && t("code_wrong")}>
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          value={code}
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ""))}
        />
      </FormField>
      {!isWrong && <Refusal of={confirm.error} />}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={confirm.isPending} disabled={code.length < 6}>
          {t("security.turn_on")}
        </Button>
        <Button onClick={onBack}>{t("security.not_now")}</Button>
      </div>
    </form>
  );
}

function Remove({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("access");
  const { message } = App.useApp();
  const [password, setPassword] = useState("");
  const remove = useRemoveTotp({
    mutation: {
      onSuccess: () => {
        void message.success(t("security.totp_removed"));
        setPassword("");
        onDone();
      },
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate({ data: { password } });
  };
  const wrong = fieldProblem(remove.error, "password");
  return (
    <form className="stack" onSubmit={submit}>
      <p>
        <StateTag tone="good">{t("user.totp_on")}</StateTag>
      </p>
      <FormField label={t("security.old")} hint={t("security.remove_hint")} problem={wrong}>
        <Input.Password
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </FormField>
      {!wrong && <Refusal of={remove.error} />}
      <div>
        <Button danger htmlType="submit" loading={remove.isPending} disabled={!password}>
          {t("security.turn_off")}
        </Button>
      </div>
    </form>
  );
}

function Begin({ onBegun }: { onBegun: (totp: TotpOut) => void }) {
  const { t } = useTranslation("access");
  const begin = useBeginTotp({ mutation: { onSuccess: onBegun } });
  return (
    <>
      <p>{t("security.totp_why")}</p>
      <Refusal of={begin.error} />
      <div>
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {t("security.set_up")}
        </Button>
      </div>
    </>
  );
}

/** An authenticator app: it counts once a code of it was entered, and leaves codes for the day the phone is lost. */
export function TotpSetup() {
  const { t } = useTranslation("access");
  const { hasTotp, name } = useSession();
  const queries = useQueryClient();
  const [totp, setTotp] = useState<TotpOut | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const reload = () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  const done = (recovery: string[]) => {
    setTotp(null);
    setCodes(recovery);
  };
  return (
    <Card title={t("user.totp")}>
      <div className="stack">
        {hasTotp ? (
          <Remove onDone={reload} />
        ) : totp ? (
          <Confirm of={totp} onDone={done} onBack={() => setTotp(null)} />
        ) : (
          <Begin onBegun={setTotp} />
        )}
      </div>
      {codes && (
        <SecretOnce
          title={t("security.totp_done")}
          explanation={t("security.recovery")}
          secrets={codes}
          fileName={t("security.recovery_file", { name })}
          onClose={() => {
            setCodes(null);
            reload();
          }}
        />
      )}
    </Card>
  );
}
