import { uuid7 } from "@shared/ids";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { save } from "@/download";
import { uploadFile } from "@/gen/files/files";
import { createImport } from "@/gen/imports/imports";
import type { ImportEntityOut, Mode } from "@/gen/model";
import { http } from "@/http";
import { FileDrop } from "@/ui/file-drop";
import { Refusal } from "@/ui/refusal";
import { useTitle } from "./import-words";

const MODES = ["UPSERT", "INSERT", "UPDATE"] as const satisfies readonly Mode[];
const ACCEPT = ".csv,.txt,.xlsx,.xlsm,.parquet";

function Fields({ entity }: { entity: ImportEntityOut }) {
  const { t } = useTranslation("imports");
  const { t: tc } = useTranslation();
  const title = useTitle();
  const titleOf = (name: string) => {
    const field = entity.fields.find((one) => one.name === name);
    return field ? title(field) : name;
  };
  return (
    <div className="stack">
      <p className="quiet">
        {t("start.key", { fields: entity.key.map(titleOf).join(tc("list.separator")) })}
      </p>
      <div className="tag-row">
        {entity.fields.map((field) => (
          <span key={field.name} className="tag">
            {title(field)}
            {field.is_required && <span className="needed"> · {t("start.required")}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

async function fetchTemplate(entity: ImportEntityOut, name: string): Promise<void> {
  const url = `/imports/entities/${entity.name}/template`;
  save(await http<Blob>({ url, method: "GET", responseType: "blob" }), `${name}.xlsx`);
}

interface StartDialogProps {
  entities: readonly ImportEntityOut[];
  onClose: () => void;
}

/** Chooses what a file holds, uploads it and lets the server check it; nothing is written yet. */
export function StartDialog({ entities, onClose }: StartDialogProps) {
  const { t } = useTranslation("imports");
  const { t: tc } = useTranslation();
  const title = useTitle();
  const navigate = useNavigate();
  const [name, setName] = useState<string>();
  const [mode, setMode] = useState<Mode>("UPSERT");
  const [file, setFile] = useState<File | null>(null);
  const entity = entities.find((one) => one.name === name);
  const start = useMutation({
    mutationFn: async () => {
      if (!entity || !file) throw new Error("not ready");
      const stored = await uploadFile({ file, use: "SHEET" });
      return createImport({ id: uuid7(), entity: entity.name, file_id: stored.id, mode });
    },
    onSuccess: (made) => {
      onClose();
      void navigate({ to: "/imports/$importId", params: { importId: made.id } });
    },
  });
  const template = useMutation({
    mutationFn: (one: ImportEntityOut) => fetchTemplate(one, title(one)),
  });
  return (
    <Modal
      open
      title={t("start.title")}
      onCancel={onClose}
      footer={[
        <Button key="back" onClick={onClose}>
          {tc("action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={!entity || !file}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("start.check")}
        </Button>,
      ]}
    >
      <div className="stack">
        <label className="field">
          <span>{t("start.entity")}</span>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("start.entity_hint")}
            value={name}
            onChange={setName}
            options={entities.map((one) => ({ value: one.name, label: title(one) }))}
          />
        </label>
        {entity && (
          <>
            <Fields entity={entity} />
            <Button loading={template.isPending} onClick={() => template.mutate(entity)}>
              {t("start.template")}
            </Button>
          </>
        )}
        <label className="field">
          <span>{t("start.mode")}</span>
          <Select
            value={mode}
            onChange={setMode}
            options={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
          />
        </label>
        <FileDrop accept={ACCEPT} hint={t("start.file_hint")} file={file} onFile={setFile} />
        <Refusal of={start.error ?? template.error} />
      </div>
    </Modal>
  );
}
