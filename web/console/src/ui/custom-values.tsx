// What the brand added to an entity, to read: without the inputs, which weigh more than a list may.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListCustomFieldsQueryOptions } from "@/gen/custom-fields/custom-fields";
import type { CustomFieldOut } from "@/gen/model";
import type { Column } from "./data-table";
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
