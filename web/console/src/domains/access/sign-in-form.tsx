import { Button, Input, Radio } from "antd";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, waitSeconds } from "@/problem";
import { FormField } from "@/ui/form-field";
import { Refusal } from "@/ui/refusal";
import { useSignIn } from "./session";

interface Identity {
  user_id: number;
  organization: string;
}

/** For whom a person may sign in, when one number serves several partners. */
function identitiesOf(problem: Problem | null): Identity[] {
  if (problem?.code !== "access.choose_identity") return [];
  const { identities } = problem.facts;
  return Array.isArray(identities) ? (identities as Identity[]) : [];
}

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

interface CodeFieldProps {
  code: string;
  /** The phone is lost: one of the codes kept for that day. */
  isRecovery: boolean;
  isWrong: boolean;
  onCode: (text: string) => void;
}

function CodeField({ code, isRecovery, isWrong, onCode }: CodeFieldProps) {
  const { t } = useTranslation("access");
  return (
    <FormField
      label={t(isRecovery ? "recovery_code" : "code")}
      hint={t(isRecovery ? "recovery_code_hint" : "code_hint")}
      problem={isWrong && t(isRecovery ? "recovery_code_wrong" : "code_wrong")}
    >
      <Input
        key={isRecovery ? "recovery" : "totp"}
        size="large"
        autoFocus
        inputMode={isRecovery ? "text" : "numeric"}
        autoComplete={isRecovery ? "off" : "one-time-code"}
        maxLength={isRecovery ? 40 : 12}
        value={code}
        onChange={(event) => onCode(event.target.value.replace(/\s/g, ""))}
      />
    </FormField>
  );
}

interface IdentityFieldProps {
  identities: readonly Identity[];
  chosen: number | undefined;
  onChoose: (userId: number) => void;
}

function IdentityField({ identities, chosen, onChoose }: IdentityFieldProps) {
  const { t } = useTranslation("access");
  return (
    <fieldset className="field identities">
      <legend>{t("identity")}</legend>
      <Radio.Group
        value={chosen}
        options={identities.map((one) => ({ value: one.user_id, label: one.organization }))}
        onChange={(event) => onChoose(event.target.value)}
      />
    </fieldset>
  );
}

type Step = "password" | "identity" | "code";
const TOTP_LENGTH = 6;
const RECOVERY_LENGTH = 20;

/** Name and password; then for whom, where there is a choice; then the second factor, where there is one. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("access");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isRecovery, setIsRecovery] = useState(false);
  const [isCodeWrong, setIsCodeWrong] = useState(false);
  const [identities, setIdentities] = useState<Identity[]>([]);
  const [userId, setUserId] = useState<number>();
  const [step, setStep] = useState<Step>("password");
  const signIn = useSignIn(onDone);
  const wait = useWait(signIn.error);
  const refused = (problem: Problem, given: string) => {
    if (problem.code === "access.totp_needed") setStep("code");
    setIsCodeWrong(problem.code === "access.totp_needed" && given !== "");
    if (problem.code !== "access.choose_identity") return;
    setIdentities(identitiesOf(problem));
    setStep("identity");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = step === "code" ? code : "";
    const factor = isRecovery ? { recovery_code: given } : { totp: given };
    signIn.mutate(
      { data: { username: username.trim(), password, ...factor, user_id: userId } },
      { onError: (problem) => refused(problem, given) },
    );
  };
  const restart = () => {
    setStep("password");
    setCode("");
    setIsCodeWrong(false);
    setIsRecovery(false);
    setUserId(undefined);
    signIn.reset();
  };
  const switchCode = () => {
    setIsRecovery(!isRecovery);
    setIsCodeWrong(false);
    setCode("");
    signIn.reset();
  };
  // The server asks for the next step by a refusal; a code that was given and is wrong is said beside its field.
  const isAsking =
    signIn.error?.code === "access.totp_needed" || signIn.error?.code === "access.choose_identity";
  const isReady = {
    password: username.trim() !== "" && password !== "",
    identity: userId !== undefined,
    code: code.length >= (isRecovery ? RECOVERY_LENGTH : TOTP_LENGTH),
  }[step];
  return (
    <form className="stack" onSubmit={submit}>
      {step === "password" && (
        <PasswordFields
          username={username}
          password={password}
          onUsername={setUsername}
          onPassword={setPassword}
        />
      )}
      {step === "identity" && <IdentityField identities={identities} chosen={userId} onChoose={setUserId} />}
      {step === "code" && (
        <CodeField code={code} isRecovery={isRecovery} isWrong={isCodeWrong} onCode={setCode} />
      )}
      {!isAsking && <Refusal of={signIn.error} />}
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
      {step === "code" && (
        <Button type="link" onClick={switchCode}>
          {t(isRecovery ? "use_code" : "use_recovery_code")}
        </Button>
      )}
      {step !== "password" && (
        <Button type="link" onClick={restart}>
          {t("other_account")}
        </Button>
      )}
    </form>
  );
}
