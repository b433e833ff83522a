import { Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/language";
import { isLanguage, LANGUAGES, speak } from "@/i18n/setup";
import { prefer, usePreferences } from "@/theme/preferences";
import { Card } from "@/ui/page";

/** How the console looks and speaks on this device. */
export function PreferencesCard() {
  const { t } = useTranslation(["access", "common"]);
  const language = useLanguage();
  const { density, riseIsRed } = usePreferences();
  return (
    <Card title={t("preferences.title")}>
      <div className="stack">
        <label className="field">
          <span>{t("preferences.language")}</span>
          <Select
            value={language}
            options={LANGUAGES.map((code) => ({ value: code, label: t(`common:language.${code}`) }))}
            onChange={(code: string) => isLanguage(code) && void speak(code)}
          />
        </label>
        <fieldset className="field">
          <legend>{t("preferences.density")}</legend>
          <Radio.Group
            value={density}
            options={[
              { value: "comfortable", label: t("preferences.comfortable") },
              { value: "dense", label: t("preferences.dense") },
            ]}
            onChange={(event) => prefer({ density: event.target.value })}
          />
        </fieldset>
        <fieldset className="field">
          <legend>{t("preferences.rise")}</legend>
          <Radio.Group
            value={riseIsRed}
            options={[
              { value: true, label: t("preferences.rise_red") },
              { value: false, label: t("preferences.rise_green") },
            ]}
            onChange={(event) => prefer({ riseIsRed: event.target.value })}
          />
        </fieldset>
      </div>
    </Card>
  );
}
