import { CameraOutlined, DeleteOutlined, FileOutlined, PaperClipOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { getListFilesOfDocumentQueryKey, useListFilesOfDocument, useRemoveFile } from "@/gen/files/files";
import type { StoredFileOut } from "@/gen/model";
import { Card } from "./page";
import { Refusal } from "./refusal";
import { type Sending, useUploads } from "./use-uploads";

const ACCEPTED = "image/*,.pdf,.doc,.docx,.xls,.xlsx,.csv,.txt";
const contentOf = (file: StoredFileOut): string => `/api/v1/files/${file.id}/content`;

/** A picture as itself, anything else by its name; opens in a tab of its own. */
function FileTile({ of: file, onRemove }: { of: StoredFileOut; onRemove?: () => void }) {
  const { t } = useTranslation("documents");
  return (
    <li className="attachment">
      <a
        href={contentOf(file)}
        target="_blank"
        rel="noreferrer"
        title={file.name}
        aria-label={t("attachments.open", { name: file.name })}
      >
        {file.has_thumbnail ? (
          <img src={`/api/v1/files/${file.id}/thumbnail`} alt="" loading="lazy" />
        ) : (
          <FileOutlined className="attachment-icon" aria-hidden />
        )}
        <span className="attachment-name">{file.name}</span>
      </a>
      {onRemove && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={`${t("attachments.remove")} ${file.name}`}
          onClick={onRemove}
        />
      )}
    </li>
  );
}

/** What is on its way, and what did not get through with its reason. */
function SendingRow({ of: sending }: { of: Sending }) {
  const { t } = useTranslation("documents");
  return (
    <li className="attachment-sending">
      {sending.problem ? (
        <>
          <span className="cell-main">{sending.file.name}</span>
          <Refusal of={sending.problem} />
        </>
      ) : (
        <span role="status">{t("attachments.sending", { name: sending.file.name })}</span>
      )}
    </li>
  );
}

interface PickerProps {
  onPick: (files: File[]) => void;
  isPhotoFirst?: boolean;
}

/** Buttons that choose files or, on a phone, take a photo. */
export function FilePicker({ onPick, isPhotoFirst = false }: PickerProps) {
  const { t } = useTranslation("documents");
  const any = useRef<HTMLInputElement>(null);
  const photo = useRef<HTMLInputElement>(null);
  const id = useId();
  const read = (input: HTMLInputElement) => {
    onPick([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <div className="attachment-buttons">
      <input
        ref={any}
        id={`${id}-any`}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={t("attachments.add")}
        onChange={(event) => read(event.target)}
      />
      <input
        ref={photo}
        id={`${id}-photo`}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        aria-label={t("attachments.take")}
        onChange={(event) => read(event.target)}
      />
      {isPhotoFirst && (
        <Button icon={<CameraOutlined />} onClick={() => photo.current?.click()}>
          {t("attachments.take")}
        </Button>
      )}
      <Button icon={<PaperClipOutlined />} onClick={() => any.current?.click()}>
        {t("attachments.add")}
      </Button>
    </div>
  );
}

interface AttachmentsProps {
  /** As the API names documents: `order`, `shipment`, `adjustment`, `stock_count` … */
  subjectType: string;
  subjectId: string;
  mayWrite: boolean;
  /** Whose files may be taken away again: one's own. */
  userId?: number;
  isPhotoFirst?: boolean;
}

/** The files beside a document; whoever sees the document sees them. */
export function Attachments({ subjectType, subjectId, mayWrite, userId, isPhotoFirst }: AttachmentsProps) {
  const { t } = useTranslation("documents");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const subject = { subject_type: subjectType, subject_id: subjectId };
  const files = useListFilesOfDocument(subject);
  const refresh = () => void queries.invalidateQueries({ queryKey: getListFilesOfDocumentQueryKey(subject) });
  const uploads = useUploads(subject, refresh);
  const remove = useRemoveFile({
    mutation: {
      onSuccess: (file) => {
        void message.success(t("attachments.removed", { name: file.name }));
        refresh();
      },
    },
  });
  const rows = files.data ?? [];
  return (
    <Card title={t("attachments.title")}>
      <div className="stack">
        {files.error && <Refusal of={files.error} onRetry={() => void files.refetch()} />}
        {rows.length === 0 && uploads.sending.length === 0 && !files.error && (
          <p className="quiet">{t("attachments.none")}</p>
        )}
        <ul className="attachments">
          {rows.map((file) => (
            <FileTile
              key={file.id}
              of={file}
              onRemove={
                mayWrite && file.created_by === userId ? () => remove.mutate({ fileId: file.id }) : undefined
              }
            />
          ))}
          {uploads.sending.map((sending) => (
            <SendingRow key={sending.key} of={sending} />
          ))}
        </ul>
        <Refusal of={remove.error} />
        {mayWrite && (
          <>
            <FilePicker onPick={(picked) => void uploads.send(picked)} isPhotoFirst={isPhotoFirst} />
            <p className="quiet">{t("attachments.hint")}</p>
          </>
        )}
      </div>
    </Card>
  );
}
