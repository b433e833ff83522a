import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListCustomFieldsQueryKey,
  useListCustomEntities,
  useListCustomFields,
  useUpdateCustomField,
} from "@/gen/custom-fields/custom-fields";
import type { CustomFieldOut } from "@/gen/model";
import { useLanguage } from "@/i18n/language";
import { CustomInputs } from "@/ui/custom-fields";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { EmptyState, PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { draftOf, limitsOf, newDraft } from "./field-draft";
import { FieldForm } from "./field-form";
import { said } from "./setting-shape";

function useSwitch() {
  const { t } = useTranslation("administration");
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useUpdateCustomField({
    mutation: {
      onSuccess: (after) => {
        void message.success(
          t(after.is_active ? "field.switched_on" : "field.switched_off", { label: after.label }),
        );
        void queries.invalidateQueries({ queryKey: getListCustomFieldsQueryKey() });
      },
    },
  });
}

function State({ of: field }: { of: CustomFieldOut }) {
  const { t } = useTranslation("administration");
  return (
    <StateTag tone={field.is_active ? "good" : "idle"}>
      {t(field.is_active ? "field.active" : "field.inactive")}
    </StateTag>
  );
}

function useColumns(mayWrite: boolean, open: (field: CustomFieldOut) => void): Column<CustomFieldOut>[] {
  const { t } = useTranslation(["administration", "common"]);
  const change = useSwitch();
  const toggle = (field: CustomFieldOut) =>
    change.mutate({
      fieldId: field.id,
      data: { ...field, limits: limitsOf(draftOf(field)), is_active: !field.is_active },
    });
  const columns: Column<CustomFieldOut>[] = [
    {
      key: "label",
      title: t("field.label"),
      width: 200,
      render: (field) => (
        <span className="cell-two">
          <span className="cell-main">{field.label}</span>
          <span className="quiet">{field.code}</span>
        </span>
      ),
    },
    { key: "kind", title: t("field.kind"), width: 110, render: (field) => t(`kind.${field.kind}`) },
    {
      key: "rules",
      title: t("field.rules"),
      width: 200,
      render: (field) =>
        [field.required && t("field.is_required"), field.in_list && t("field.is_in_list")]
          .filter(Boolean)
          .join(t("common:list.separator")),
    },
    {
      key: "position",
      title: t("field.position"),
      width: 80,
      numeric: true,
      render: (field) => field.position,
    },
    { key: "state", title: t("field.state"), width: 110, render: (field) => <State of={field} /> },
  ];
  if (mayWrite)
    columns.push({
      key: "actions",
      title: "",
      width: 160,
      render: (field) => (
        <span className="row-actions">
          <Button size="small" onClick={() => open(field)}>
            {t("field.change")}
          </Button>
          <Button size="small" type="text" loading={change.isPending} onClick={() => toggle(field)}>
            {t(field.is_active ? "field.switch_off" : "field.switch_on")}
          </Button>
        </span>
      ),
    });
  return columns;
}

/** The form as the entity's pages draw it, from the fields in force. */
function FormPreview({ fields }: { fields: readonly CustomFieldOut[] }) {
  const { t } = useTranslation("administration");
  const [values, setValues] = useState<Record<string, unknown>>({});
  return (
    <Card title={t("field.form")}>
      <CustomInputs fields={fields.filter((one) => one.is_active)} values={values} onChange={setValues} />
    </Card>
  );
}

/** What the brand adds to its own records, entity by entity. */
export function FieldList({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation("administration");
  const language = useLanguage();
  const [filters, change] = useFilters();
  const entities = useListCustomEntities();
  const entity = one(filters.entity) || entities.data?.[0]?.entity || "";
  const fields = useListCustomFields({ entity }, { query: { enabled: entity !== "" } });
  const [open, setOpen] = useState<CustomFieldOut | "new" | null>(null);
  const columns = useColumns(mayWrite, setOpen);
  const failed = entities.error ?? fields.error;
  if (failed) return <Refusal of={failed} />;
  if (!entities.data || !fields.data) return <PageSkeleton />;
  const add = mayWrite && (
    <Button type="primary" onClick={() => setOpen("new")}>
      {t("field.new")}
    </Button>
  );
  return (
    <div className="stack">
      <div className="tabs-row">
        <Tabs
          className="tabs"
          activeKey={entity}
          items={entities.data.map((row) => ({ key: row.entity, label: said(row, language) }))}
          onChange={(key) => change({ entity: key })}
        />
        {add}
      </div>
      <section className="card" aria-label={t("field.title")}>
        {fields.data.length === 0 ? (
          <EmptyState text={t("field.empty")} />
        ) : (
          <SimpleTable
            columns={columns}
            rows={fields.data}
            rowKey={(field) => field.id}
            card={(field) => (
              <>
                <div className="phone-row">
                  <span className="cell-main">{field.label}</span>
                  <State of={field} />
                </div>
                <div className="phone-row">
                  <span className="quiet">{t(`kind.${field.kind}`)}</span>
                  {columns.at(-1)?.key === "actions" && columns.at(-1)?.render(field)}
                </div>
              </>
            )}
          />
        )}
      </section>
      {fields.data.some((field) => field.is_active) && <FormPreview key={entity} fields={fields.data} />}
      {open && (
        <FieldForm
          entity={entity}
          field={open === "new" ? undefined : open}
          draft={open === "new" ? newDraft(fields.data) : draftOf(open)}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
