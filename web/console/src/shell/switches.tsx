import { GlobalOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/language";
import { isLanguage, LANGUAGES, speak } from "@/i18n/setup";
import { prefer, useMode } from "@/theme/preferences";

/** Language and light or dark, kept in this browser. */
export function Switches() {
  const { t } = useTranslation();
  const language = useLanguage();
  const mode = useMode();
  const appearance = mode === "dark" ? "light" : "dark";
  const languages = LANGUAGES.map((code) => ({
    key: code,
    label: <span lang={code}>{t(`language.${code}`)}</span>,
  }));
  return (
    <span className="switches">
      <Dropdown
        trigger={["click"]}
        menu={{
          items: languages,
          selectedKeys: [language],
          onClick: ({ key }) => isLanguage(key) && void speak(key),
        }}
      >
        <Button type="text" icon={<GlobalOutlined />} aria-label={t("language.choose")}>
          {t(`language.${language}`)}
        </Button>
      </Dropdown>
      <Tooltip title={t(`appearance.to_${appearance}`)}>
        <Button
          type="text"
          icon={mode === "dark" ? <SunOutlined /> : <MoonOutlined />}
          aria-label={t(`appearance.to_${appearance}`)}
          onClick={() => prefer({ appearance })}
        />
      </Tooltip>
    </span>
  );
}
