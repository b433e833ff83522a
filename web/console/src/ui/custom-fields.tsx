import { useQuery } from "@tanstack/react-query";
import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListCustomFieldsQueryOptions } from "@/gen/custom-fields/custom-fields";
import type { CustomFieldOut } from "@/gen/model";
import { asProblem } from "@/problem";
import type { Column } from "./data-table";
import { reasonText } from "./reasons";
import { useFormat } from "./use-format";

/** What the brand added to an entity: values by the field's code. */
export type CustomValues = Readonly<Record<string, unknown>>;
export type CustomEntity = "order" | "partner" | "product" | (string & {});

/** The fields in force of an entity, in their order. */
export function useCustomFields(entity: CustomEntity): CustomFieldOut[] {
  const found = useQuery({
    ...getListCustomFieldsQueryOptions({ entity, active_only: true }),
    staleTime: 60_000,
  });
  return found.data ?? [];
}

/** A value in words; "" where there is none. */
export function useCustomText(): (field: CustomFieldOut, value: unknown) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (field, value) => {
      const choice = (code: unknown) => field.choices.find((one) => one.code === code)?.label ?? String(code);
      if (value === undefined || value === null || value === "") return "";
      if (field.kind === "BOOLEAN") return t(value === true ? "custom.yes" : "custom.no");
      if (field.kind === "DATE") return format.day(String(value));
      if (field.kind === "CHOICE") return choice(value);
      if (field.kind === "CHOICES" && Array.isArray(value))
        return value.map(choice).join(t("list.separator"));
      return String(value);
    },
    [t, format],
  );
}

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

/** Whether every required field is filled. */
export const customComplete = (fields: readonly CustomFieldOut[], values: CustomValues): boolean =>
  fields.every((field) => {
    const value = values[field.code];
    const isEmpty =
      value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
    return !field.required || !isEmpty;
  });

/** Terms and details for a `dl.facts`: the custom fields of an entity that have a value. */
export function CustomFacts({
  entity,
  values,
  className,
}: {
  entity: CustomEntity;
  values: CustomValues;
  className?: string;
}) {
  const fields = useCustomFields(entity);
  const text = useCustomText();
  return fields
    .map((field) => [field, text(field, values[field.code])] as const)
    .filter(([, words]) => words !== "")
    .map(([field, words]) => (
      <div key={field.code} className={className}>
        <dt>{field.label}</dt>
        <dd className={field.kind === "NUMBER" ? "figures" : undefined}>{words}</dd>
      </div>
    ));
}

/** The columns of an entity's list for the fields that ask to stand there. */
export function useCustomColumns<Row extends { custom?: CustomValues | null }>(
  entity: CustomEntity,
): Column<Row>[] {
  const fields = useCustomFields(entity);
  const text = useCustomText();
  return useMemo(
    () =>
      fields
        .filter((field) => field.in_list)
        .map((field) => ({
          key: `custom.${field.code}`,
          title: field.label,
          width: field.kind === "TEXT" ? 180 : 130,
          numeric: field.kind === "NUMBER",
          render: (row: Row) => text(field, row.custom?.[field.code]),
        })),
    [fields, text],
  );
}
