import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, DatePicker, Drawer, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListCustomFieldsQueryKey,
  useCreateCustomField,
  useUpdateCustomField,
} from "@/gen/custom-fields/custom-fields";
import type { CustomFieldOut } from "@/gen/model";
import { CustomInputs } from "@/ui/custom-fields";
import { Refusal } from "@/ui/refusal";
import { codeOf, type FieldDraft, fieldOf, KINDS, limitsOf } from "./field-draft";

type Set = (change: Partial<FieldDraft>) => void;

function Choices({ draft, set }: { draft: FieldDraft; set: Set }) {
  const { t } = useTranslation("administration");
  const change = (index: number, label: string) =>
    set({ choices: draft.choices.map((one, at) => (at === index ? { ...one, label } : one)) });
  const add = () =>
    set({ choices: [...draft.choices, { code: codeOf(draft.choices.map((one) => one.code)), label: "" }] });
  return (
    <div className="field">
      <span>{t("field.choices")}</span>
      {draft.choices.map((choice, index) => (
        <div className="choice-row" key={choice.code}>
          <Input
            aria-label={t("field.choice", { number: index + 1 })}
            value={choice.label}
            maxLength={200}
            onChange={(event) => change(index, event.target.value)}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("field.drop_choice", { label: choice.label })}
            onClick={() => set({ choices: draft.choices.filter((one) => one !== choice) })}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {t("field.add_choice")}
        </Button>
      </div>
    </div>
  );
}

function Bounds({ draft, set }: { draft: FieldDraft; set: Set }) {
  const { t } = useTranslation("administration");
  if (draft.kind === "TEXT")
    return (
      <label className="field">
        <span>{t("field.length_max")}</span>
        <InputNumber
          min={1}
          max={1000}
          precision={0}
          value={draft.lengthMax}
          onChange={(lengthMax) => set({ lengthMax })}
        />
      </label>
    );
  if (draft.kind === "NUMBER")
    return (
      <div className="fields">
        {(["low", "high"] as const).map((name) => (
          <label className="field" key={name}>
            <span>{t(`field.${name}`)}</span>
            <InputNumber<string>
              stringMode
              value={draft[name]}
              onChange={(value) => set({ [name]: value })}
            />
          </label>
        ))}
        <label className="field">
          <span>{t("field.decimals")}</span>
          <InputNumber
            min={0}
            max={6}
            precision={0}
            value={draft.decimals}
            onChange={(decimals) => set({ decimals })}
          />
        </label>
      </div>
    );
  if (draft.kind === "DATE")
    return (
      <div className="fields">
        {(["low", "high"] as const).map((name) => (
          <div className="field" key={name}>
            <span>{t(`field.${name}_day`)}</span>
            <DatePicker
              aria-label={t(`field.${name}_day`)}
              value={draft[name] ? dayjs(draft[name]) : null}
              onChange={(day) => set({ [name]: day?.format("YYYY-MM-DD") ?? null })}
            />
          </div>
        ))}
      </div>
    );
  return null;
}

function Preview({ draft }: { draft: FieldDraft }) {
  const { t } = useTranslation("administration");
  const [values, setValues] = useState<Record<string, unknown>>({});
  return (
    <section className="card card-body stack" aria-label={t("field.preview")}>
      <span className="quiet">{t("field.preview")}</span>
      <CustomInputs
        fields={[fieldOf({ ...draft, label: draft.label || t("field.unnamed") })]}
        values={values}
        onChange={setValues}
      />
    </section>
  );
}

interface FieldFormProps {
  entity: string;
  field?: CustomFieldOut;
  draft: FieldDraft;
  onClose: () => void;
}

/** A new field or a changed one, with the form that people will see. */
export function FieldForm({ entity, field, draft: first, onClose }: FieldFormProps) {
  const { t } = useTranslation(["administration", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(first);
  const set: Set = (change) => setDraft({ ...draft, ...change });
  const options = {
    mutation: {
      onSuccess: (after: CustomFieldOut) => {
        void message.success(t(field ? "field.changed" : "field.created", { label: after.label }));
        void queries.invalidateQueries({ queryKey: getListCustomFieldsQueryKey() });
        onClose();
      },
    },
  };
  const create = useCreateCustomField(options);
  const update = useUpdateCustomField(options);
  const hasChoices = draft.kind === "CHOICE" || draft.kind === "CHOICES";
  const isReady =
    draft.label.trim() !== "" &&
    /^[a-z][a-z0-9_]{0,39}$/.test(draft.code) &&
    (!hasChoices || (draft.choices.length > 0 && draft.choices.every((one) => one.label.trim() !== "")));
  const submit = () => {
    const shared = {
      label: draft.label.trim(),
      required: draft.required,
      choices: hasChoices ? draft.choices : [],
      position: draft.position,
      help: draft.help,
      in_list: draft.inList,
      limits: limitsOf(draft),
    };
    if (field)
      update.mutate({
        fieldId: field.id,
        data: { ...shared, is_active: field.is_active, version: field.version },
      });
    else create.mutate({ data: { ...shared, entity, code: draft.code, kind: draft.kind } });
  };
  return (
    <Drawer
      open
      size={520}
      onClose={onClose}
      title={field ? t("field.edit", { label: field.label }) : t("field.new")}
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t("common:action.back")}</Button>
          <Button
            type="primary"
            disabled={!isReady}
            loading={create.isPending || update.isPending}
            onClick={submit}
          >
            {t(field ? "field.save" : "field.create")}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <label className="field">
          <span>{t("field.label")}</span>
          <Input
            value={draft.label}
            maxLength={200}
            onChange={(event) => set({ label: event.target.value })}
          />
        </label>
        <div className="fields">
          <label className="field">
            <span>{t("field.code")}</span>
            <Input
              value={draft.code}
              disabled={field !== undefined}
              maxLength={40}
              onChange={(event) => set({ code: event.target.value.trim() })}
            />
            <span className="quiet">{t("field.code_hint")}</span>
          </label>
          <div className="field">
            <span>{t("field.kind")}</span>
            <Select
              aria-label={t("field.kind")}
              disabled={field !== undefined}
              value={draft.kind}
              options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              onChange={(kind) => set({ kind, low: null, high: null, decimals: null, lengthMax: null })}
            />
          </div>
        </div>
        {hasChoices && <Choices draft={draft} set={set} />}
        <Bounds draft={draft} set={set} />
        <label className="field">
          <span>{t("field.help")}</span>
          <Input value={draft.help} maxLength={300} onChange={(event) => set({ help: event.target.value })} />
        </label>
        <label className="field">
          <span>{t("field.position")}</span>
          <InputNumber
            precision={0}
            min={0}
            max={9999}
            value={draft.position}
            onChange={(position) => set({ position: position ?? 0 })}
          />
        </label>
        <Checkbox checked={draft.required} onChange={(event) => set({ required: event.target.checked })}>
          {t("field.required")}
        </Checkbox>
        <Checkbox checked={draft.inList} onChange={(event) => set({ inList: event.target.checked })}>
          {t("field.in_list")}
        </Checkbox>
        <Preview draft={draft} />
        <Refusal of={create.error ?? update.error} />
      </div>
    </Drawer>
  );
}
