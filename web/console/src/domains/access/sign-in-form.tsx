import { Button, Input } from "antd";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, waitSeconds } from "@/problem";
import { Refusal } from "@/ui/refusal";
import { useSignIn } from "./session";

const NEEDS_CODE = new Set(["access.totp_needed", "access.totp_wrong"]);

/** Seconds left until the server listens again, counted down. */
function useWait(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(problem?.status === 429 ? (waitSeconds(problem) ?? 1) : 0);
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1_000);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}

interface PasswordFieldsProps {
  username: string;
  password: string;
  onUsername: (text: string) => void;
  onPassword: (text: string) => void;
}

function PasswordFields({ username, password, onUsername, onPassword }: PasswordFieldsProps) {
  const { t } = useTranslation("access");
  return (
    <>
      <label className="field">
        <span>{t("username")}</span>
        <Input
          size="large"
          autoFocus
          autoComplete="username"
          value={username}
          onChange={(event) => onUsername(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t("password")}</span>
        <Input.Password
          size="large"
          autoComplete="current-password"
          value={password}
          onChange={(event) => onPassword(event.target.value)}
        />
      </label>
    </>
  );
}

function CodeField({ code, onCode }: { code: string; onCode: (text: string) => void }) {
  const { t } = useTranslation("access");
  return (
    <label className="field">
      <span>{t("code")}</span>
      <Input
        size="large"
        autoFocus
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        value={code}
        onChange={(event) => onCode(event.target.value.replace(/\s/g, ""))}
      />
      <span className="quiet">{t("code_hint")}</span>
    </label>
  );
}

/** Name and password, then the second factor where the person has one. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("access");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isSecondStep, setIsSecondStep] = useState(false);
  const signIn = useSignIn(onDone);
  const wait = useWait(signIn.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const totp = isSecondStep ? code : undefined;
    signIn.mutate(
      { username: username.trim(), password, totp },
      { onError: (problem) => NEEDS_CODE.has(problem.code) && setIsSecondStep(true) },
    );
  };
  const isAskingForCode = signIn.error?.code === "access.totp_needed";
  const isReady = isSecondStep ? code.length >= 6 : username.trim() !== "" && password !== "";
  return (
    <form className="stack" onSubmit={submit}>
      {isSecondStep ? (
        <CodeField code={code} onCode={setCode} />
      ) : (
        <PasswordFields
          username={username}
          password={password}
          onUsername={setUsername}
          onPassword={setPassword}
        />
      )}
      {!isAskingForCode && <Refusal of={signIn.error} />}
      <Button
        block
        type="primary"
        size="large"
        htmlType="submit"
        loading={signIn.isPending}
        disabled={!isReady || wait > 0}
      >
        {wait > 0 ? t("wait", { count: wait }) : t("sign_in")}
      </Button>
      {isSecondStep && (
        <Button
          type="link"
          onClick={() => {
            setIsSecondStep(false);
            setCode("");
            signIn.reset();
          }}
        >
          {t("other_account")}
        </Button>
      )}
    </form>
  );
}
