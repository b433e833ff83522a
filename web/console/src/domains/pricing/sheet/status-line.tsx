import { number } from "@shared/money";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import type { Counts } from "./saving";
import type { Saving } from "./use-saving";

interface StatusLineProps {
  counts: Counts;
  saving: Saving;
  isKept: boolean;
  onShowFaults: () => void;
  onNextFault: () => void;
}

/** Always in sight: what is saved, what only stands on this machine, what waits for a correction. */
export function StatusLine({ counts, saving, isKept, onShowFaults, onNextFault }: StatusLineProps) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const words = () => {
    if (saving.isBusy)
      return (
        <StateTag tone="note">
          {t("sheet.status.saving", { done: number(saving.done), total: number(saving.total) })}
        </StateTag>
      );
    if (counts.changed > 0)
      return (
        <StateTag tone={isKept ? "wait" : "bad"}>
          {t(isKept ? "sheet.status.local" : "sheet.status.not_kept", { count: counts.changed })}
        </StateTag>
      );
    return (
      <StateTag tone="good">
        {saving.savedAt
          ? t("sheet.status.saved", { at: format.instant(saving.savedAt) })
          : t("sheet.status.clean")}
      </StateTag>
    );
  };
  return (
    <>
      <div className="psheet-status" role="status">
        {words()}
        {counts.checking > 0 && (
          <span className="quiet">{t("sheet.status.checking", { count: counts.checking })}</span>
        )}
        {counts.faulty > 0 && (
          <>
            <span className="field-error">{t("sheet.status.faulty", { count: counts.faulty })}</span>
            <Button size="small" onClick={onNextFault}>
              {t("sheet.status.next")}
            </Button>
            <Button type="link" size="small" onClick={onShowFaults}>
              {t("sheet.status.only")}
            </Button>
          </>
        )}
      </div>
      {saving.problem && (
        <Refusal
          of={{ ...saving.problem, fields: [] }}
          onRetry={() => void (saving.isStale ? saving.readAgain() : saving.save())}
        />
      )}
    </>
  );
}
