import { App, Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangePassword } from "@/gen/access/access";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";

/** A new password; the server ends the other sessions. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("access");
  const { message } = App.useApp();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const change = useChangePassword({
    mutation: {
      onSuccess: () => {
        void message.success(t("security.password_done"));
        setOld("");
        setFresh("");
        onDone();
      },
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ data: { old, new: fresh } });
  };
  const wrong = fieldProblem(change.error, "old");
  return (
    <Card title={t("security.password")}>
      <form className="stack" onSubmit={submit}>
        <FormField label={t("security.old")} problem={wrong}>
          <Input.Password
            autoComplete="current-password"
            value={old}
            onChange={(event) => setOld(event.target.value)}
          />
        </FormField>
        <FormField label={t("security.new")} hint={t("security.rule")}>
          <Input.Password
            autoComplete="new-password"
            value={fresh}
            onChange={(event) => setFresh(event.target.value)}
          />
        </FormField>
        {!wrong && <Refusal of={change.error} />}
        <div>
          <Button
            type="primary"
            htmlType="submit"
            loading={change.isPending}
            disabled={!old || fresh.length < 10}
          >
            {t("security.change")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
