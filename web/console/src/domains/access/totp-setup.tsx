import { App, Button, Input, QRCode } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBeginTotp, useConfirmTotp } from "@/gen/access/access";
import type { TotpOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";

function Confirm({ of: totp, onDone }: { of: TotpOut; onDone: () => void }) {
  const { t } = useTranslation("access");
  const [code, setCode] = useState("");
  const confirm = useConfirmTotp({ mutation: { onSuccess: onDone } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ data: { secret: totp.secret, code } });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t("security.scan")}</p>
      <QRCode value={totp.uri} type="svg" bgColor="#FFFFFF" color="#0F172A" />
      <p className="quiet figures">{t("security.secret", { secret: totp.secret })}</p>
      <label className="field">
        <span>{t("code")}</span>
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          value={code}
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ""))}
        />
      </label>
      <Refusal of={confirm.error} />
      <div>
        <Button type="primary" htmlType="submit" loading={confirm.isPending} disabled={code.length < 6}>
          {t("security.turn_on")}
        </Button>
      </div>
    </form>
  );
}

/** Sets up an authenticator app; it counts once a code of it was entered. */
export function TotpSetup() {
  const { t } = useTranslation("access");
  const { message } = App.useApp();
  const [totp, setTotp] = useState<TotpOut | null>(null);
  const begin = useBeginTotp({ mutation: { onSuccess: setTotp } });
  const done = () => {
    void message.success(t("security.totp_done"));
    setTotp(null);
  };
  return (
    <Card title={t("user.totp")}>
      <div className="stack">
        {totp ? (
          <Confirm of={totp} onDone={done} />
        ) : (
          <>
            <p>{t("security.totp_why")}</p>
            <Refusal of={begin.error} />
            <div>
              <Button loading={begin.isPending} onClick={() => begin.mutate()}>
                {t("security.set_up")}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
