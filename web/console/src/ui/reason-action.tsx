import { Button, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "./refusal";

interface ReasonDialogProps {
  title: string;
  explanation: ReactNode;
  confirm: string;
  isOpen: boolean;
  isBusy: boolean;
  problem: unknown;
  isReasonNeeded?: boolean;
  /** Something else that has to be chosen first. */
  isReady?: boolean;
  children?: ReactNode;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks once more before something that cannot simply be undone, and for the reason that will be kept with it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const { isReasonNeeded = true } = props;
  const isReady = (props.isReady ?? true) && (!isReasonNeeded || reason.trim() !== "");
  return (
    <Modal
      open={props.isOpen}
      title={props.title}
      onCancel={props.onClose}
      destroyOnHidden
      footer={[
        <Button key="back" onClick={props.onClose}>
          {t("action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          danger={isReasonNeeded}
          disabled={!isReady}
          loading={props.isBusy}
          onClick={() => props.onConfirm(reason.trim())}
        >
          {props.confirm}
        </Button>,
      ]}
    >
      <div className="stack">
        <div>{props.explanation}</div>
        {props.children}
        {isReasonNeeded && (
          <label className="field">
            <span>{t("reason.label")}</span>
            <Input.TextArea
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={500}
              value={reason}
              placeholder={t("reason.placeholder")}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        )}
        <Refusal of={props.problem} />
      </div>
    </Modal>
  );
}
