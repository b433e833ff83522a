import { useMutation } from "@tanstack/react-query";
import { Button, Input, Modal, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "@/gen/files/files";
import type { QuickCartIn, QuickCartOut } from "@/gen/model";
import { FileDrop } from "@/ui/file-drop";
import { Refusal } from "@/ui/refusal";

interface ListDialogProps {
  onRead: (list: QuickCartIn) => Promise<QuickCartOut>;
  onDone: (answer: QuickCartOut) => void;
  onClose: () => void;
}

/** A list from a chat, a mail or a workbook: what is understood goes into the cart, the rest is asked about. */
export function ListDialog({ onRead, onDone, onClose }: ListDialogProps) {
  const { t } = useTranslation(["carts", "common"]);
  const [kind, setKind] = useState("text");
  const [text, setText] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const reading = useMutation({
    mutationFn: async () => {
      if (kind === "text") return onRead({ text });
      if (!file) throw new Error("no file");
      const stored = await uploadFile({ file, use: "SHEET" });
      return onRead({ file_id: stored.id });
    },
    onSuccess: (answer) => {
      onDone(answer);
      onClose();
    },
  });
  const isReady = kind === "text" ? text.trim() !== "" : file !== null;
  return (
    <Modal
      open
      width={640}
      title={t("list.title")}
      onCancel={onClose}
      mask={{ closable: !isReady }}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={!isReady}
          loading={reading.isPending}
          onClick={() => reading.mutate()}
        >
          {t("list.read")}
        </Button>,
      ]}
    >
      <div className="stack">
        <Tabs
          activeKey={kind}
          onChange={(key) => {
            reading.reset();
            setKind(key);
          }}
          items={[
            {
              key: "text",
              label: t("list.paste"),
              children: (
                <label className="field">
                  <span>{t("list.text")}</span>
                  <Input.TextArea
                    autoFocus
                    autoSize={{ minRows: 8, maxRows: 16 }}
                    maxLength={200_000}
                    value={text}
                    placeholder={t("list.example")}
                    onChange={(event) => setText(event.target.value)}
                  />
                </label>
              ),
            },
            {
              key: "file",
              label: t("list.file"),
              children: (
                <FileDrop
                  accept=".xlsx,.xlsm,.csv,.txt"
                  hint={t("list.file_hint")}
                  file={file}
                  onFile={setFile}
                />
              ),
            },
          ]}
        />
        <p className="quiet">{t("list.explained")}</p>
        <Refusal of={reading.error} />
      </div>
    </Modal>
  );
}
