import { type ReactNode, useCallback, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { HAS_SCANNER, type ScanTrouble, scanned, watchCamera } from "@/platform/scan";
import { Action } from "./action";
import { Field } from "./field";
import { Sheet } from "./sheet";
import { Tap } from "./tap";
import "./scan-button.scss";

interface Props {
  className?: string;
  label?: string;
  onCode: (code: string) => void;
  children: ReactNode;
}

/** Starts reading a barcode: WeChat's scanner, or the camera with a field for who has none. */
export function ScanButton({ className, label, onCode, children }: Props) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  const read = (code: string) => {
    close();
    onCode(code);
  };
  const start = async () => {
    if (!HAS_SCANNER) return setIsOpen(true);
    const code = await scanned();
    if (code) onCode(code);
  };
  return (
    <>
      <Tap className={className} aria-label={label} onClick={() => void start()}>
        {children}
      </Tap>
      <Sheet title={t("scan.title")} isOpen={isOpen} onClose={close}>
        <Camera onCode={read} />
        <Typed onCode={read} />
      </Sheet>
    </>
  );
}

function Camera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const id = `camera${useId().replace(/[^\w-]/g, "")}`;
  const [state, setState] = useState<"wait" | "ready" | ScanTrouble>("wait");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera starts once
  useEffect(() => watchCamera(id, onCode, () => setState("ready"), setState), [id]);
  const isTrouble = state !== "wait" && state !== "ready";
  if (isTrouble)
    return (
      <p className="scan-trouble" role="status">
        {t(`scan.${state}`)}
      </p>
    );
  return (
    <div className="scan-view">
      <video id={id} className="scan-video" muted playsInline />
      <span className="scan-frame" aria-hidden="true" />
      <p className="scan-aim" role="status">
        {t(state === "wait" ? "scan.wait" : "scan.aim")}
      </p>
    </div>
  );
}

function Typed({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const clean = code.trim();
  return (
    <>
      <Field label={t("scan.number")} value={code} onChange={setCode} type="tel" />
      <Action isWide isDisabled={clean === ""} onClick={() => onCode(clean)}>
        {t("scan.find")}
      </Action>
    </>
  );
}
