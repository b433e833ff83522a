import { CopyOutlined, DownloadOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { save } from "@/download";

interface SecretOnceProps {
  title: string;
  /** What it is and what happens with it. */
  explanation: string;
  /** One secret, or several lines of them. */
  secrets: readonly string[];
  /** Offered as a text file under this name. */
  fileName?: string;
  onClose: () => void;
}

/** Something that is shown this once: copied or saved before it is gone, and closed only on purpose. */
export function SecretOnce({ title, explanation, secrets, fileName, onClose }: SecretOnceProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const text = secrets.join("\n");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(t("secret.copied"));
    } catch {
      void message.warning(t("secret.copy_failed"));
    }
  };
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={[
        fileName && (
          <Button key="save" icon={<DownloadOutlined />} onClick={() => save(text, fileName, "text/plain")}>
            {t("secret.save")}
          </Button>
        ),
        <Button key="copy" icon={<CopyOutlined />} onClick={() => void copy()}>
          {t("secret.copy")}
        </Button>,
        <Button key="done" type="primary" onClick={onClose}>
          {t("secret.kept")}
        </Button>,
      ]}
    >
      <div className="stack">
        <p>{explanation}</p>
        <pre className="secret">{text}</pre>
        <p className="quiet">{t("secret.once")}</p>
      </div>
    </Modal>
  );
}
