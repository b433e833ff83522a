import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getGetImportQueryKey,
  getListColumnMappingsQueryKey,
  useChangeImportColumns,
  useKeepColumnMapping,
  useListColumnMappings,
} from "@/gen/imports/imports";
import type { ImportEntityOut, ImportOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { type FileColumn, type Mapping, MappingFields, missingFields } from "./mapping-fields";

const columnsOf = (row: ImportOut): FileColumn[] =>
  row.plan.columns
    .map((column, place) => ({
      title: column.title,
      letter: column.column,
      samples: row.plan.sample.map((line) => line[place] ?? ""),
    }))
    .filter((column) => column.title !== "");

interface MappingEditorProps {
  of: ImportOut;
  entity: ImportEntityOut;
  onClose: () => void;
}

/** Says anew which columns mean which fields, keeps that under a name, and checks the file again. */
export function MappingEditor({ of: row, entity, onClose }: MappingEditorProps) {
  const { t } = useTranslation(["imports", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const columns = columnsOf(row);
  const [mapping, setMapping] = useState<Mapping>(
    Object.fromEntries(row.plan.columns.filter((one) => one.title).map((one) => [one.title, one.field])),
  );
  const [name, setName] = useState("");
  const kept = useListColumnMappings({ entity: row.entity });
  const keep = useKeepColumnMapping({
    mutation: {
      onSuccess: (made) => {
        void message.success(t("mapping.kept", { name: made.name }));
        setName("");
        void queries.invalidateQueries({ queryKey: getListColumnMappingsQueryKey() });
      },
    },
  });
  const change = useChangeImportColumns({
    mutation: {
      onSuccess: (answer) => {
        queries.setQueryData(getGetImportQueryKey(row.id), answer);
        void message.success(t("mapping.checking"));
        onClose();
      },
    },
  });
  const chosen = Object.fromEntries(Object.entries(mapping).filter(([title]) => title !== ""));
  const use = (id: number) => {
    const found = kept.data?.items.find((one) => one.id === id);
    if (found)
      setMapping(Object.fromEntries(columns.map(({ title }) => [title, String(found.columns[title] ?? "")])));
  };
  return (
    <Modal
      open
      width={760}
      title={t("mapping.title")}
      onCancel={onClose}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={missingFields(entity, mapping).length > 0}
          loading={change.isPending}
          onClick={() => change.mutate({ importId: row.id, data: { columns: chosen, version: row.version } })}
        >
          {t("mapping.check_again")}
        </Button>,
      ]}
    >
      <div className="stack">
        {(kept.data?.items.length ?? 0) > 0 && (
          <div className="field">
            <span>{t("mapping.use_kept")}</span>
            <Select
              aria-label={t("mapping.use_kept")}
              placeholder={t("mapping.pick_kept")}
              options={kept.data?.items.map((one) => ({ value: one.id, label: one.name }))}
              onChange={use}
            />
          </div>
        )}
        <MappingFields entity={entity} columns={columns} value={mapping} onChange={setMapping} />
        <div className="field">
          <span>{t("mapping.keep_as")}</span>
          <div className="choice-row">
            <Input
              aria-label={t("mapping.keep_as")}
              value={name}
              maxLength={100}
              placeholder={t("mapping.name_hint")}
              onChange={(event) => setName(event.target.value)}
            />
            <Button
              disabled={name.trim() === ""}
              loading={keep.isPending}
              onClick={() =>
                keep.mutate({ data: { entity: row.entity, name: name.trim(), columns: chosen } })
              }
            >
              {t("mapping.keep")}
            </Button>
          </div>
        </div>
        <Refusal of={change.error ?? keep.error} />
      </div>
    </Modal>
  );
}
