import { number } from "@shared/money";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useWord } from "@/i18n/server-words";
import { useMetricWords } from "../tiles";
import { NAMED_MAX, type Question } from "./question";

interface BelowTagProps {
  question: Question;
  /** How many groups are meant; null while they are looked for. */
  count: number | null;
  onClose: () => void;
}

/** Says that only low figures are shown, and of how many not all; shows all again when it is closed. */
export function BelowTag({ question, count, onClose }: BelowTagProps) {
  const { t } = useTranslation("insights");
  const word = useWord();
  const metric = useMetricWords().get(question.sort.by);
  if (question.below === null) return null;
  return (
    <p className="below-tag">
      <Tag closable={{ "aria-label": t("explore.below_all") }} onClose={onClose}>
        {t("explore.below", { metric: word(metric, question.sort.by), value: number(question.below) })}
      </Tag>
      {count !== null && count > NAMED_MAX && (
        <span className="quiet">
          {t("explore.below_cut", { total: number(count), shown: number(NAMED_MAX) })}
        </span>
      )}
    </p>
  );
}
