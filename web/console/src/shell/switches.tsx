import { GlobalOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/language";
import { speak } from "@/i18n/setup";
import { prefer, useMode } from "@/theme/preferences";

/** Language and light or dark: one click each, kept in this browser. */
export function Switches() {
  const { t } = useTranslation();
  const language = useLanguage();
  const mode = useMode();
  const other = language === "en" ? "zh-Hans" : "en";
  const appearance = mode === "dark" ? "light" : "dark";
  return (
    <span className="switches">
      <Button type="text" icon={<GlobalOutlined />} lang={other} onClick={() => void speak(other)}>
        {t(`language.${other}`)}
      </Button>
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
