import { CloudUploadOutlined, FileExcelOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type DragEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

interface FileDropProps {
  accept: string;
  hint: string;
  file: File | null;
  onFile: (file: File | null) => void;
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** A place to drop or choose one file. */
export function FileDrop({ accept, hint, file, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const id = useId();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onFile(event.dataTransfer.files[0] ?? null);
  };
  if (file) {
    return (
      <div className="file-chosen">
        <FileExcelOutlined aria-hidden />
        <span className="file-name">{file.name}</span>
        <span className="quiet figures">{sizeText(file.size)}</span>
        <Button size="small" type="text" onClick={() => onFile(null)}>
          {t("file.other")}
        </Button>
      </div>
    );
  }
  return (
    <label
      htmlFor={id}
      className={`file-drop ${isOver ? "file-drop-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
      />
      <CloudUploadOutlined className="state-icon" aria-hidden />
      <span>{t("file.drop")}</span>
      <span className="quiet">{hint}</span>
    </label>
  );
}
