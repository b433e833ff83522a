import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SettingOut } from "@/gen/model";
import { getListSettingsQueryKey, usePutSetting } from "@/gen/settings/settings";
import { useLanguage } from "@/i18n/language";
import { serverWord } from "@/i18n/server-words";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import { SettingEditor } from "./setting-editor";
import { exampleNumber, fits, said, shapeOf } from "./setting-shape";
import { useSettingText } from "./setting-value";

interface SettingDialogProps {
  setting: SettingOut;
  /** Back to what would count without this value, instead of another value. */
  isReset: boolean;
  onClose: () => void;
}

/** Another value of a setting, with the reason that is kept with it. */
export function SettingDialog({ setting, isReset, onClose }: SettingDialogProps) {
  const { t } = useTranslation(["administration", "common"]);
  const { message } = App.useApp();
  const language = useLanguage();
  const format = useFormat();
  const queries = useQueryClient();
  const text = useSettingText();
  const [value, setValue] = useState<unknown>(isReset ? setting.inherited : setting.value);
  const [reason, setReason] = useState("");
  const shape = shapeOf(setting.kind, setting.limits);
  const label = said(setting, language);
  const put = usePutSetting({
    mutation: {
      onSuccess: (after) => {
        void message.success(t("option.saved", { label, value: text(shape, after.value) }));
        void queries.invalidateQueries({ queryKey: getListSettingsQueryKey() });
        onClose();
      },
    },
  });
  const isSame = JSON.stringify(value) === JSON.stringify(setting.value);
  const example = exampleNumber(setting.key, value, format.today());
  return (
    <Modal
      open
      title={t(isReset ? "option.reset_title" : "option.change_title", { label })}
      onCancel={onClose}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={isSame || !fits(shape, value) || reason.trim() === ""}
          loading={put.isPending}
          onClick={() =>
            put.mutate({
              key: setting.key,
              data: { value, reason: reason.trim(), version: setting.version },
            })
          }
        >
          {t(isReset ? "option.reset" : "option.save")}
        </Button>,
      ]}
    >
      <div className="stack">
        <p className="quiet">{serverWord({ zh: setting.help_zh, en: setting.help_en }, language)}</p>
        {isReset ? (
          <p>{t("option.becomes", { value: text(shape, value) })}</p>
        ) : (
          <SettingEditor label={label} shape={shape} value={value} onChange={setValue} />
        )}
        {example && (
          <p>
            {t("option.example")} <strong className="figures">{example}</strong>
          </p>
        )}
        {!fits(shape, value) && <p className="tone-text-bad">{t("option.unfit")}</p>}
        <label className="field">
          <span>{t("common:reason.label")}</span>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 5 }}
            maxLength={500}
            value={reason}
            placeholder={t("reason_kept")}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <Refusal of={put.error} />
      </div>
    </Modal>
  );
}
