import { useTranslation } from "react-i18next";
import { LinkRow } from "@/domains/home/link-row";
import { About } from "@/domains/settings/about";
import { Devices } from "@/domains/settings/devices";
import { Languages } from "@/domains/settings/languages";
import { SignOut } from "@/domains/settings/sign-out";
import { Wechat } from "@/domains/settings/wechat";
import { open } from "@/navigation";
import { prefer, usePreferences } from "@/preferences";
import { useSession } from "@/session";
import { Card, Facts } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Page } from "@/ui/page";

const THEMES = ["device", "light", "dark"] as const;

/** How the store looks and speaks on this device, and where else one is signed in. */
export default function SettingsPage() {
  const { t } = useTranslation("store-mine");
  const { isBig, theme } = usePreferences();
  const session = useSession();
  return (
    <Page title={t("settings.title")}>
      <Card title={t("settings.language")}>
        <Languages />
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
      <Card title={t("settings.safety")}>
        <ul>
          <LinkRow icon="lock" name={t("settings.password")} onOpen={() => void open("password")} />
        </ul>
        {session && (
          <Facts
            of={[[t("settings.totp"), t(session.has_totp ? "settings.totp_on" : "settings.totp_off")]]}
          />
        )}
      </Card>
      <Wechat />
      <Devices />
      <About />
      <SignOut />
    </Page>
  );
}
