import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportEntityOut } from "@/gen/model";
import { useTitle } from "./import-words";

/** A column of the user's file: its title and what stands in its first rows. */
export interface FileColumn {
  title: string;
  letter?: string;
  samples: readonly string[];
}

/** Title of the file's column → field; "" leaves it out. */
export type Mapping = Readonly<Record<string, string>>;

/** The required fields that no column means yet. */
export const missingFields = (entity: ImportEntityOut, mapping: Mapping) =>
  entity.fields.filter((field) => field.is_required && !Object.values(mapping).includes(field.name));

interface MappingFieldsProps {
  entity: ImportEntityOut;
  columns: readonly FileColumn[];
  value: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Which column of the file means which field, with the first rows beside it. */
export function MappingFields({ entity, columns, value, onChange }: MappingFieldsProps) {
  const { t } = useTranslation(["imports", "common"]);
  const title = useTitle();
  const missing = missingFields(entity, value);
  const taken = new Set(Object.values(value).filter(Boolean));
  const hasSamples = columns.some((column) => column.samples.length > 0);
  return (
    <div className="stack">
      <table className="mapping-table">
        <thead>
          <tr>
            <th scope="col">{t("mapping.column")}</th>
            <th scope="col">{t("mapping.field")}</th>
            {hasSamples && <th scope="col">{t("mapping.samples")}</th>}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={`${column.letter} ${column.title}`}>
              <td>
                <span className="cell-main">{column.title}</span>
                {column.letter && <span className="quiet"> {column.letter}</span>}
              </td>
              <td>
                <Select
                  className="mapping-select"
                  aria-label={t("mapping.means", { column: column.title })}
                  showSearch={{ optionFilterProp: "label" }}
                  value={value[column.title] ?? ""}
                  options={[
                    { value: "", label: t("mapping.leave_out") },
                    ...entity.fields.map((field) => ({
                      value: field.name,
                      label: `${title(field)}${field.is_required ? ` · ${t("start.required")}` : ""}`,
                      disabled: taken.has(field.name) && value[column.title] !== field.name,
                    })),
                  ]}
                  onChange={(field) => onChange({ ...value, [column.title]: field })}
                />
              </td>
              {hasSamples && (
                <td className="quiet">
                  <span className="cell-clip">{column.samples.filter(Boolean).slice(0, 3).join(" · ")}</span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {missing.length > 0 && (
        <p className="tone-text-bad" role="alert">
          {t("mapping.still_missing", { fields: missing.map(title).join(t("common:list.separator")) })}
        </p>
      )}
    </div>
  );
}
