// What the brand added to an entity, in its list: filters of their own, and one line for a card.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type CustomEntity, type CustomValues, useCustomFields, useCustomText } from "./custom-values";
import type { Field } from "./filter-bar";
import { type Filters, one } from "./use-filters";

/** The values of the fields that ask to stand in lists in one line, for a card. */
export function useCustomWords(entity: CustomEntity, values: CustomValues): string {
  const { t } = useTranslation();
  const fields = useCustomFields(entity);
  const text = useCustomText();
  return fields
    .filter((field) => field.in_list && text(field, values[field.code]) !== "")
    .map((field) => `${field.label} ${text(field, values[field.code])}`)
    .join(t("list.separator"));
}

const IN_ADDRESS = "c.";

/** The filters of an entity's list by the fields that ask to stand there, each under a name of its own in the address. */
export function useCustomFilters(entity: CustomEntity): Field[] {
  const { t } = useTranslation();
  const fields = useCustomFields(entity);
  return useMemo(
    () =>
      fields
        .filter((field) => field.in_list)
        .map(({ code, kind, label, choices }): Field => {
          const name = IN_ADDRESS + code;
          if (kind === "DATE") return { kind: "day", name, placeholder: label };
          if (kind === "TEXT" || kind === "NUMBER")
            return { kind: "text", name, placeholder: t("custom.equals", { label }) };
          const options =
            kind === "BOOLEAN"
              ? [
                  { value: "true", label: t("custom.yes") },
                  { value: "false", label: t("custom.no") },
                ]
              : choices.map((choice) => ({ value: choice.code, label: choice.label }));
          return { kind: "choice", name, placeholder: label, options };
        }),
    [fields, t],
  );
}

/** What the address says of such filters, as the API takes it: `<code>:<value>` each. */
export const customWanted = (filters: Filters): string[] | undefined => {
  const said = Object.keys(filters)
    .filter((name) => name.startsWith(IN_ADDRESS) && one(filters[name]) !== "")
    .map((name) => `${name.slice(IN_ADDRESS.length)}:${one(filters[name])}`);
  return said.length > 0 ? said : undefined;
};
