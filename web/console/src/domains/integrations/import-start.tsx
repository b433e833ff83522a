import { uuid7 } from "@shared/ids";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { save } from "@/download";
import { uploadFile } from "@/gen/files/files";
import { createImport, useListColumnMappings } from "@/gen/imports/imports";
import type { ImportEntityOut, Mode } from "@/gen/model";
import { http } from "@/http";
import { asProblem, type Problem } from "@/problem";
import { FileDrop } from "@/ui/file-drop";
import { Refusal } from "@/ui/refusal";
import { useTitle } from "./import-words";
import { type Mapping, MappingFields } from "./mapping-fields";

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

/** The titles that a refused file has. */
function titlesIn(problem: Problem): string[] {
  const { found } = problem.facts;
  return Array.isArray(found) ? [...new Set(found.filter((one) => typeof one === "string"))] : [];
}

interface StartDialogProps {
  entities: readonly ImportEntityOut[];
  /** What a link asked to import. */
  first?: string;
  onClose: () => void;
}

/** Chooses what a file holds, uploads it and lets the server check it; nothing is written yet. */
export function StartDialog({ entities, first, onClose }: StartDialogProps) {
  const { t } = useTranslation("imports");
  const { t: tc } = useTranslation();
  const title = useTitle();
  const navigate = useNavigate();
  const [name, setName] = useState<string | undefined>(first);
  const [mode, setMode] = useState<Mode>("UPSERT");
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState<Mapping>({});
  const [mappingId, setMappingId] = useState<number>();
  const entity = entities.find((one) => one.name === name);
  const kept = useListColumnMappings({ entity: name ?? "" }, { query: { enabled: name !== undefined } });
  const start = useMutation({
    mutationFn: async () => {
      if (!entity || !file) throw new Error("not ready");
      const stored = await uploadFile({ file, use: "SHEET" });
      return createImport({
        id: uuid7(),
        entity: entity.name,
        file_id: stored.id,
        mode,
        columns: mapping,
        mapping_id: mappingId,
      });
    },
    onSuccess: (made) => {
      onClose();
      void navigate({ to: "/imports/$importId", params: { importId: made.id } });
    },
  });
  // The file was read, but not understood: its own titles came back, and people say what they mean.
  const unread = start.error ? titlesIn(asProblem(start.error)) : [];
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
            <div>
              <Button loading={template.isPending} onClick={() => template.mutate(entity)}>
                {t("start.template")}
              </Button>
            </div>
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
        {(kept.data?.items.length ?? 0) > 0 && (
          <label className="field">
            <span>{t("mapping.use_kept")}</span>
            <Select
              allowClear
              placeholder={t("mapping.automatic")}
              value={mappingId}
              options={kept.data?.items.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setMappingId}
            />
          </label>
        )}
        <FileDrop
          accept={ACCEPT}
          hint={t("start.file_hint")}
          file={file}
          onFile={(chosen) => {
            start.reset();
            setMapping({});
            setFile(chosen);
          }}
        />
        {entity && unread.length > 0 && (
          <>
            <p>{t("mapping.say")}</p>
            <MappingFields
              entity={entity}
              columns={unread.map((title) => ({ title, samples: [] }))}
              value={mapping}
              onChange={setMapping}
            />
          </>
        )}
        <Refusal of={start.error ?? template.error} />
      </div>
    </Modal>
  );
}
