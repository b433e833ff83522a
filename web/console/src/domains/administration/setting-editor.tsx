import { Checkbox, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/language";
import { isRecord, type Shape, said, texts } from "./setting-shape";

interface SettingEditorProps {
  label: string;
  shape: Shape;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** The form of one value, as its kind asks. */
export function SettingEditor({ label, shape, value, onChange }: SettingEditorProps) {
  const { t } = useTranslation("administration");
  const language = useLanguage();
  const options = (shape.options ?? []).map((one) => ({ value: one.code, label: said(one, language) }));
  if (shape.kind === "record") {
    const record = isRecord(value) ? value : {};
    return (
      <div className="fields">
        {(shape.parts ?? []).map((part) => (
          <div className="field" key={part.name}>
            <span>{said(part, language)}</span>
            <SettingEditor
              label={said(part, language)}
              shape={part}
              value={record[part.name]}
              onChange={(next) => onChange({ ...record, [part.name]: next })}
            />
          </div>
        ))}
      </div>
    );
  }
  if (shape.kind === "switch")
    return (
      <Switch
        aria-label={label}
        checked={value === true}
        checkedChildren={t("option.on")}
        unCheckedChildren={t("option.off")}
        onChange={onChange}
      />
    );
  if (shape.kind === "whole")
    return (
      <>
        <InputNumber
          aria-label={label}
          precision={0}
          min={shape.low}
          max={shape.high}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
        <span className="quiet">{t("option.range", { low: shape.low, high: shape.high })}</span>
      </>
    );
  if (shape.kind === "one_of")
    return (
      <Select
        aria-label={label}
        value={typeof value === "string" ? value : undefined}
        options={options}
        onChange={onChange}
      />
    );
  if (shape.kind === "several")
    return <Checkbox.Group className="column" value={texts(value)} options={options} onChange={onChange} />;
  return (
    <Input
      aria-label={label}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
