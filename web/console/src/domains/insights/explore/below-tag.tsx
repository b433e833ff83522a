import { number } from "@shared/money";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useWord } from "@/i18n/server-words";
import { useMetricWords } from "../tiles";
import type { Question } from "./question";

/** Says that only low figures are shown, and shows all again when it is closed. */
export function BelowTag({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useTranslation("insights");
  const word = useWord();
  const metric = useMetricWords().get(question.sort.by);
  if (question.below === null) return null;
  return (
    <p className="below-tag">
      <Tag closable={{ "aria-label": t("explore.below_all") }} onClose={onClose}>
        {t("explore.below", { metric: word(metric, question.sort.by), value: number(question.below) })}
      </Tag>
    </p>
  );
}
