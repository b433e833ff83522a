import { useTranslation } from "react-i18next";
import type { OrderState } from "@/gen/model";
import { STAGES, stageOf } from "./say";
import "./progress.scss";

/** Four stages, as many of them as lie behind in colour. */
export function Progress({ state }: { state: OrderState }) {
  const { t } = useTranslation("store-follow");
  const done = stageOf(state);
  if (done === null) return null;
  return (
    <ol className="progress" aria-label={t("stage.label")}>
      {STAGES.map((stage, index) => (
        <li
          key={stage}
          className={index < done ? "progress-stage progress-done" : "progress-stage"}
          aria-current={index === done - 1 ? "step" : undefined}
        >
          {t(`stage.${stage}`)}
        </li>
      ))}
    </ol>
  );
}
