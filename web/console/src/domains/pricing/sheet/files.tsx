import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { save } from "@/download";
import { uploadFile } from "@/gen/files/files";
import { readImportCells } from "@/gen/imports/imports";
import type { PriceListPageOut } from "@/gen/model";
import { http } from "@/http";
import { FileDrop } from "@/ui/file-drop";
import { Refusal } from "@/ui/refusal";
import { writeTable } from "./cells";
import { FIELDS, paste } from "./sheet";
import type { SheetStore } from "./store";

/** Rows of a file over the sheet: goods that stand there already take the new figures, the rest is added. */
function lay(store: SheetStore, rows: readonly (readonly string[])[]): number {
  const { rows: there } = store.state;
  const below = { top: there.length, bottom: there.length, left: 0, right: FIELDS.length - 1 };
  const shown = there.map((row) => row.id);
  const read = paste(there, shown, below, writeTable(rows), store.nextId);
  const fresh = read.rows.slice(there.length);
  const byKey = new Map(there.map((row) => [`${row.code}\t${row.unit}`, row.id]));
  const next = new Map(there.map((row) => [row.id, row]));
  for (const row of fresh) {
    const id = byKey.get(`${row.code}\t${row.unit}`) ?? row.id;
    next.set(id, { ...row, id });
  }
  store.nextId = read.nextId;
  store.apply([...next.values()]);
  return fresh.length;
}

interface FilesProps {
  version: PriceListPageOut;
  store: SheetStore;
  isEditable: boolean;
}

/** The rows as an Excel file, out and in; what comes in is checked in the sheet before anything is saved. */
export function Files({ version, store, isEditable }: FilesProps) {
  const { t } = useTranslation(["prices", "common"]);
  const { message } = App.useApp();
  const [isOpen, setIsOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const load = useMutation({
    mutationFn: async (chosen: File) => {
      const stored = await uploadFile({ file: chosen, use: "SHEET" });
      return readImportCells({ file_id: stored.id });
    },
    onSuccess: ({ rows }) => {
      const count = lay(store, rows);
      setIsOpen(false);
      setFile(null);
      void message.success(t("sheet.file.laid", { count }));
    },
  });
  const download = useMutation({
    mutationFn: async () =>
      save(
        await http<Blob>({
          url: "/exports/download",
          method: "POST",
          data: { name: "prices", format: "xlsx", filters: { price_list_id: version.id } },
          responseType: "blob",
        }),
        `${version.code}-v${version.version_no}.xlsx`,
      ),
    onError: () => void message.error(t("sheet.file.failed")),
  });
  return (
    <>
      {isEditable && (
        <Button icon={<UploadOutlined />} onClick={() => setIsOpen(true)}>
          {t("sheet.file.import")}
        </Button>
      )}
      <Button icon={<DownloadOutlined />} loading={download.isPending} onClick={() => download.mutate()}>
        {t("sheet.file.export")}
      </Button>
      <Modal
        open={isOpen}
        title={t("sheet.file.title")}
        okText={t("sheet.file.lay")}
        cancelText={t("common:action.back")}
        okButtonProps={{ disabled: !file, loading: load.isPending }}
        onOk={() => file && load.mutate(file)}
        onCancel={() => setIsOpen(false)}
      >
        <div className="stack">
          <p className="quiet">{t("sheet.file.hint")}</p>
          <FileDrop accept=".xlsx,.xlsm,.csv,.txt" hint=".xlsx .csv" file={file} onFile={setFile} />
          <Refusal of={load.error} />
        </div>
      </Modal>
    </>
  );
}
