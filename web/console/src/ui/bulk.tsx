import { Button, Modal, Progress } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { wordsOf } from "./refusal";
import { StateTag } from "./state-tag";
import type { Bulk, BulkRow } from "./use-bulk";

function ResultRow<Result>({ of: row, say }: { of: BulkRow<Result>; say: (result: Result) => ReactNode }) {
  const { t } = useTranslation("documents");
  const words = row.problem ? wordsOf(row.problem) : null;
  return (
    <li className="bulk-row">
      <span className="cell-main figures">{row.name}</span>
      {row.state === "WAITING" && <StateTag tone="idle">{t("bulk.waiting")}</StateTag>}
      {row.state === "DONE" && row.result !== undefined && <span>{say(row.result)}</span>}
      {words && (
        <span className="bulk-problem">
          <StateTag tone="bad">{words.title}</StateTag>
          <span className="quiet">{words.remedy}</span>
        </span>
      )}
    </li>
  );
}

/** What became of each document; those that were refused can be tried again. */
export function BulkResults<Result>({
  of: bulk,
  title,
  say,
  extra,
}: {
  of: Bulk<Result>;
  title: string;
  say: (result: Result) => ReactNode;
  /** What follows from it: print the papers … */
  extra?: ReactNode;
}) {
  const { t } = useTranslation("documents");
  const count = (state: BulkRow<Result>["state"]) => bulk.rows.filter((row) => row.state === state).length;
  const [done, failed, waiting] = [count("DONE"), count("FAILED"), count("WAITING")];
  const total = bulk.rows.length;
  return (
    <Modal
      open={bulk.isOpen}
      title={title}
      width={640}
      closable={!bulk.isRunning}
      mask={{ closable: false }}
      onCancel={bulk.close}
      destroyOnHidden
      footer={
        bulk.isRunning
          ? [
              <Button key="stop" onClick={bulk.stop}>
                {t("bulk.stop")}
              </Button>,
            ]
          : [
              failed + waiting > 0 && (
                <Button key="retry" onClick={bulk.retry}>
                  {t("bulk.retry", { count: failed + waiting })}
                </Button>
              ),
              <span key="extra" className="bulk-extra">
                {extra}
              </span>,
              <Button key="close" type="primary" onClick={bulk.close}>
                {t("bulk.close")}
              </Button>,
            ]
      }
    >
      <div className="stack">
        <div role="status">
          {bulk.isRunning ? (
            <Progress
              percent={Math.round(((done + failed) / Math.max(total, 1)) * 100)}
              format={() => t("bulk.running", { done: done + failed, total })}
              aria-label={title}
            />
          ) : (
            <p className="bulk-sum">
              <StateTag tone="good">{t("bulk.done", { count: done })}</StateTag>
              {failed > 0 && <StateTag tone="bad">{t("bulk.failed", { count: failed })}</StateTag>}
              {waiting > 0 && <StateTag tone="wait">{t("bulk.stopped", { count: waiting })}</StateTag>}
            </p>
          )}
        </div>
        <ul className="bulk-rows">
          {bulk.rows.map((row) => (
            <ResultRow key={row.key} of={row} say={say} />
          ))}
        </ul>
      </div>
    </Modal>
  );
}
