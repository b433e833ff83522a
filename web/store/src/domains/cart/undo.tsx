import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Tap } from "@/ui/tap";
import type { Removed } from "./cart-goods";
import "./undo.scss";

const SHOWN_MS = 7_000;

/** What was just taken off, and for a while the way back. */
export function Undo({ of: removed, onOver }: { of: Removed | null; onOver: () => void }) {
  const { t } = useTranslation("store-cart");
  useEffect(() => {
    if (!removed) return undefined;
    const timer = setTimeout(onOver, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [removed, onOver]);
  if (!removed) return null;
  return (
    <div className="undo" role="status">
      <span className="undo-words">{t("line.removed", { name: removed.name })}</span>
      <Tap
        className="undo-back"
        onClick={() => {
          removed.undo();
          onOver();
        }}
      >
        {t("line.undo")}
      </Tap>
    </div>
  );
}
