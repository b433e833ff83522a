import { type PropsWithChildren, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { onEscape } from "@/platform/keys";
import { Icon } from "./icon";
import { Tap } from "./tap";
import "./sheet.scss";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Something to read or choose, drawn up from the bottom edge; pressing outside of it puts it away. */
export function Sheet({ title, isOpen, onClose, children }: PropsWithChildren<Props>) {
  const { t } = useTranslation();
  const id = useId();
  useEffect(() => (isOpen ? onEscape(onClose) : undefined), [isOpen, onClose]);
  if (!isOpen) return null;
  return (
    <div className="sheet">
      <Tap className="sheet-behind" aria-label={t("close")} tabIndex={-1} onClick={onClose} />
      <div className="sheet-card" role="dialog" aria-modal="true" aria-labelledby={id}>
        <div className="sheet-head">
          <h2 id={id} className="sheet-title">
            {title}
          </h2>
          <Tap className="sheet-close" aria-label={t("close")} onClick={onClose}>
            <Icon name="close" />
          </Tap>
        </div>
        <div className="sheet-body">{children}</div>
      </div>
    </div>
  );
}
