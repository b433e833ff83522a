import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Action } from "./action";
import { Field } from "./field";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  problem?: string;
  help?: string;
  onEnter?: () => void;
}

/** A password, which one may look at: on a small keyboard it is mistyped easily. */
export function SecretField(props: Props) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? "text" : "password"}
      maxLength={200}
      aside={
        <Action kind="quiet" onClick={() => setIsShown(!isShown)}>
          {t(isShown ? "sign_in.hide" : "sign_in.show")}
        </Action>
      }
    />
  );
}
