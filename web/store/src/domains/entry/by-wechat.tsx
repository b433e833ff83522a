import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IS_WEAPP } from "@/platform/server";
import { phoneButton } from "@/platform/wechat";
import { Action } from "@/ui/action";
import { Check } from "@/ui/check";
import { say } from "@/ui/said";
import { Tap } from "@/ui/tap";
import { isSilent } from "./kept";
import type { Entry } from "./use-entry";
import "./entry.scss";

/** Lets WeChat say who it is when the page opens, unless the person signed out before. */
export function useSilence(entry: Entry): void {
  const isTried = useRef(false);
  useEffect(() => {
    if (!IS_WEAPP || isTried.current) return;
    isTried.current = true;
    if (isSilent()) entry.prove({ way: "wechat", isQuiet: true }, false);
  });
}

/** Meanwhile, with a way out: WeChat may take its time. */
export function WechatWait({ onOther }: { onOther: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <p className="entry-wait">{t("sign_in.wechat_wait")}</p>
      <Action kind="quiet" isWide onClick={onOther}>
        {t("sign_in.by_other")}
      </Action>
    </div>
  );
}

/** This WeChat opens no account yet: one press, and the phone that WeChat knows binds it and signs in. */
export function Unbound({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const ask = phoneButton(
    (code) => entry.prove({ way: "wechat-phone", code }, true),
    () => say(t("sign_in.wechat_no_phone")),
  );
  return (
    <div className="entry-unbound">
      <p className="entry-note">{t("sign_in.bind")}</p>
      <Tap className="action action-main action-wide" disabled={entry.isBusy} {...ask}>
        {t("sign_in.wechat_phone")}
      </Tap>
    </div>
  );
}

interface Props {
  entry: Entry;
  isBinding: boolean;
  onBinding: (isOn: boolean) => void;
}

/** Under the form, in WeChat: whether it opens this account from now on, and the short way in. */
export function ByWechat({ entry, isBinding, onBinding }: Props) {
  const { t } = useTranslation();
  return (
    <div className="entry-other">
      <Check label={t("sign_in.bind_wish")} isOn={isBinding} onChange={onBinding} />
      <Action
        kind="plain"
        isWide
        isDisabled={entry.isBusy}
        onClick={() => entry.prove({ way: "wechat", isQuiet: false }, false)}
      >
        {t("sign_in.wechat")}
      </Action>
    </div>
  );
}
