import { Button, Drawer, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "./refusal";

interface FormDrawerProps {
  title: ReactNode;
  confirm: string;
  isReady: boolean;
  isBusy: boolean;
  /** Something was typed that closing would lose. */
  isDirty?: boolean;
  problem: unknown;
  size?: number;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form beside the page: its refusal stands above the button that caused it, nothing typed is lost by a slip. */
export function FormDrawer(props: FormDrawerProps) {
  const { t } = useTranslation();
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = () => (props.isDirty ? setIsLeaving(true) : props.onClose());
  return (
    <Drawer
      open
      size={props.size ?? 640}
      title={props.title}
      onClose={leave}
      mask={{ closable: !props.isDirty }}
      footer={
        <div className="form-foot">
          <Refusal of={props.problem} />
          <div className="form-buttons">
            <Button onClick={leave}>{t("action.back")}</Button>
            <Button type="primary" disabled={!props.isReady} loading={props.isBusy} onClick={props.onSubmit}>
              {props.confirm}
            </Button>
          </div>
        </div>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (props.isReady && !props.isBusy) props.onSubmit();
        }}
      >
        {props.children}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
      <Modal
        open={isLeaving}
        title={t("form.leave_title")}
        okText={t("form.leave")}
        cancelText={t("form.stay")}
        okButtonProps={{ danger: true }}
        onOk={props.onClose}
        onCancel={() => setIsLeaving(false)}
      >
        {t("form.leave_text")}
      </Modal>
    </Drawer>
  );
}
