import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { CustomFieldOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { type CustomEntity, type CustomValues, useCustomFields } from "./custom-values";
import { reasonText } from "./reasons";

interface InputProps {
  field: CustomFieldOut;
  value: unknown;
  onChange: (value: unknown) => void;
}

function FieldInput({ field, value, onChange }: InputProps) {
  const { t } = useTranslation();
  const { limits } = field;
  const common = { "aria-label": field.label, "aria-required": field.required };
  const options = field.choices.map((one) => ({ value: one.code, label: one.label }));
  switch (field.kind) {
    case "NUMBER":
      return (
        <InputNumber<string>
          {...common}
          stringMode
          min={limits.low ?? undefined}
          max={limits.high ?? undefined}
          precision={limits.decimals ?? undefined}
          value={typeof value === "string" ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case "DATE":
      return (
        <DatePicker
          {...common}
          minDate={limits.low ? dayjs(limits.low) : undefined}
          maxDate={limits.high ? dayjs(limits.high) : undefined}
          value={typeof value === "string" ? dayjs(value) : null}
          onChange={(day) => onChange(day?.format("YYYY-MM-DD"))}
        />
      );
    case "BOOLEAN":
      return (
        <Select
          {...common}
          allowClear
          value={typeof value === "boolean" ? String(value) : undefined}
          options={[
            { value: "true", label: t("custom.yes") },
            { value: "false", label: t("custom.no") },
          ]}
          onChange={(next?: string) => onChange(next === undefined ? undefined : next === "true")}
        />
      );
    case "CHOICE":
      return (
        <Select
          {...common}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={typeof value === "string" ? value : undefined}
          options={options}
          onChange={onChange}
        />
      );
    case "CHOICES":
      return (
        <Select
          {...common}
          mode="multiple"
          value={Array.isArray(value) ? value.map(String) : []}
          options={options}
          onChange={onChange}
        />
      );
    default:
      return (
        <Input
          {...common}
          maxLength={limits.length_max ?? 1000}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

interface InputsProps {
  fields: readonly CustomFieldOut[];
  values: CustomValues;
  onChange: (values: Record<string, unknown>) => void;
  /** The refusal of the form: what it says of `custom.<code>` stands beside the field. */
  problem?: unknown;
}

/** Inputs for these fields; what stands in fields that are gone is kept. */
export function CustomInputs({ fields, values, onChange, problem }: InputsProps) {
  const { t } = useTranslation();
  const reasons = new Map(
    problem ? asProblem(problem).fields.map((one) => [one.field, reasonText(one)] as const) : [],
  );
  if (fields.length === 0) return null;
  return (
    <div className="fields">
      {fields.map((field) => (
        <div className="field" key={field.code}>
          <span>
            {field.label}
            {field.required && <span className="needed"> · {t("custom.required")}</span>}
          </span>
          <FieldInput
            field={field}
            value={values[field.code]}
            onChange={(value) => onChange({ ...values, [field.code]: value })}
          />
          {field.help && <span className="quiet">{field.help}</span>}
          {reasons.has(`custom.${field.code}`) && (
            <span className="tone-text-bad" role="alert">
              {reasons.get(`custom.${field.code}`)}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** The part of an entity's form that its custom fields fill; nothing while there are none. */
export function CustomFieldsForm({
  entity,
  ...rest
}: Omit<InputsProps, "fields"> & { entity: CustomEntity }) {
  return <CustomInputs fields={useCustomFields(entity)} {...rest} />;
}
