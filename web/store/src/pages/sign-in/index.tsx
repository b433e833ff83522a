import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ByCode } from "@/domains/entry/by-code";
import { ByPassword } from "@/domains/entry/by-password";
import { ByWechat, Unbound, useSilence, WechatWait } from "@/domains/entry/by-wechat";
import { codeAsked, lastEntry, type Way } from "@/domains/entry/kept";
import { isUnderWay } from "@/domains/entry/phone";
import { FactorStep, IdentityStep } from "@/domains/entry/steps";
import { useEntry } from "@/domains/entry/use-entry";
import { Languages } from "@/domains/settings/languages";
import { IS_WEAPP } from "@/platform/server";
import { Chips } from "@/ui/chips";
import { Icon } from "@/ui/icon";
import { Page } from "@/ui/page";

/** Whoever waits for a code finds its field again. */
const firstWay = (): Way => (isUnderWay(codeAsked(), Date.now()) ? "code" : lastEntry().way);

/** By password or by a code to the phone, in WeChat without either; then for whom, and the second factor. */
export default function SignInPage() {
  const { t } = useTranslation();
  const [way, setWay] = useState(firstWay);
  const [isBinding, setIsBinding] = useState(true);
  const [isForm, setIsForm] = useState(!IS_WEAPP);
  const entry = useEntry();
  useSilence(entry);
  if (!isForm && entry.way === "wechat" && entry.isBusy)
    return (
      <Page title={t("sign_in.title")} isOnly>
        <WechatWait
          onOther={() => {
            setIsForm(true);
            entry.forget();
          }}
        />
      </Page>
    );
  const title = {
    proof: "sign_in.title",
    identity: "sign_in.choose_title",
    factor: "sign_in.totp",
  } as const;
  return (
    <Page title={t(title[entry.step])} isOnly>
      {entry.step === "identity" && <IdentityStep entry={entry} />}
      {entry.step === "factor" && <FactorStep entry={entry} />}
      {entry.step === "proof" && (
        <>
          <div className="entry-brand">
            <span className="entry-mark">
              <Icon name="mark" />
            </span>
            <div>
              <p className="entry-name">{t("product")}</p>
              <p className="entry-claim">{t("sign_in.claim")}</p>
            </div>
          </div>
          {entry.isUnbound && <Unbound entry={entry} />}
          <Chips
            isWrapped
            label={t("sign_in.way")}
            value={way}
            options={[
              { value: "password", label: t("sign_in.by_password") },
              { value: "code", label: t("sign_in.by_code") },
            ]}
            onChange={(chosen) => {
              entry.forget();
              setWay(chosen);
            }}
          />
          {way === "password" ? (
            <ByPassword entry={entry} isBinding={isBinding} onCodeInstead={() => setWay("code")} />
          ) : (
            <ByCode entry={entry} isBinding={isBinding} />
          )}
          {IS_WEAPP && <ByWechat entry={entry} isBinding={isBinding} onBinding={setIsBinding} />}
          <div className="entry-languages">
            <Languages />
          </div>
        </>
      )}
    </Page>
  );
}
