import { useQueryClient } from "@tanstack/react-query";
import Taro from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { Devices } from "@/domains/settings/devices";
import { useSignOut } from "@/gen/access/access";
import { isLanguage, LANGUAGES, speak } from "@/i18n/setup";
import { PAGES } from "@/navigation";
import { prefer, usePreferences } from "@/preferences";
import { setToken } from "@/token";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Page } from "@/ui/page";

/** Each language in its own words: whoever reads none of the others must find it. */
const NAMES = { "zh-Hans": "简体中文", "zh-Hant": "繁體中文", en: "English" } as const;
const THEMES = ["device", "light", "dark"] as const;

/** How the store looks and speaks on this device, and where else one is signed in. */
export default function SettingsPage() {
  const { t, i18n } = useTranslation("store-mine");
  const { isBig, theme } = usePreferences();
  const queries = useQueryClient();
  const signOut = useSignOut({
    mutation: {
      onSettled: () => {
        setToken(null);
        queries.clear();
        void Taro.reLaunch({ url: PAGES.signIn });
      },
    },
  });
  const language = isLanguage(i18n.language) ? i18n.language : "zh-Hans";
  return (
    <Page title={t("settings.title")}>
      <Card title={t("settings.language")}>
        <Chips
          isWrapped
          label={t("settings.language")}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
          onChange={(value) => void speak(value)}
        />
      </Card>
      <Card title={t("settings.big")}>
        <Chips
          isWrapped
          label={t("settings.big")}
          value={isBig ? "big" : "plain"}
          options={[
            { value: "plain", label: t("settings.big_off") },
            { value: "big", label: t("settings.big_on") },
          ]}
          onChange={(value) => prefer({ isBig: value === "big" })}
        />
      </Card>
      <Card title={t("settings.look")}>
        <Chips
          isWrapped
          label={t("settings.look")}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`settings.${value}`) }))}
          onChange={(value) => prefer({ theme: value })}
        />
      </Card>
      <Devices />
      <Action kind="bad" isWide isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
        {t("settings.sign_out")}
      </Action>
    </Page>
  );
}
