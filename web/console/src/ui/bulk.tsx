import { Button, Modal, Progress } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { wordsOf } from "./refusal";
import { StateTag } from "./state-tag";
import type { Bulk, BulkRow } from "./use-bulk";

interface ResultRowProps<Result> {
  of: BulkRow<Result>;
  isAsked: boolean;
  say: (result: Result) => ReactNode;
}

function ResultRow<Result>({ of: row, isAsked, say }: ResultRowProps<Result>) {
  const { t } = useTranslation("documents");
  const words = row.problem ? wordsOf(row.problem) : null;
  return (
    <li className="bulk-row">
      <span className="cell-main figures">{row.name}</span>
      {row.state === "WAITING" && !isAsked && <StateTag tone="idle">{t("bulk.waiting")}</StateTag>}
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

function Progressed<Result>({ of: bulk, title }: { of: Bulk<Result>; title: string }) {
  const { t } = useTranslation("documents");
  const { done, failed, waiting } = counts(bulk.rows);
  const total = bulk.rows.length;
  return (
    <div role="status">
      {bulk.isRunning ? (
        <Progress
          percent={Math.round(((done + failed) / Math.max(total, 1)) * 100)}
          format={() => t("bulk.running", { done: done + failed, total })}
          aria-label={title}
        />
      ) : (
        <p className="bulk-sum">
          {done > 0 && <StateTag tone="good">{t("bulk.done", { count: done })}</StateTag>}
          {failed > 0 && <StateTag tone="bad">{t("bulk.failed", { count: failed })}</StateTag>}
          {waiting > 0 && <StateTag tone="wait">{t("bulk.stopped", { count: waiting })}</StateTag>}
        </p>
      )}
    </div>
  );
}

function counts<Result>(rows: readonly BulkRow<Result>[]) {
  const count = (state: BulkRow<Result>["state"]) => rows.filter((row) => row.state === state).length;
  return { done: count("DONE"), failed: count("FAILED"), waiting: count("WAITING") };
}

interface BulkResultsProps<Result> {
  of: Bulk<Result>;
  title: string;
  say: (result: Result) => ReactNode;
  /** What will happen, and the button's words; for what was asked with `bulk.ask`. */
  question?: { text: ReactNode; confirm: string };
  /** What follows from it: print the papers … */
  extra?: ReactNode;
}

/** What will be done, then what became of each document; those that were refused can be tried again. */
export function BulkResults<Result>({ of: bulk, title, say, question, extra }: BulkResultsProps<Result>) {
  const { t } = useTranslation("documents");
  const { failed, waiting } = counts(bulk.rows);
  const asking = [
    <Button key="back" onClick={bulk.close}>
      {t("bulk.back")}
    </Button>,
    <Button key="go" type="primary" onClick={bulk.go}>
      {question?.confirm}
    </Button>,
  ];
  const running = [
    <Button key="stop" onClick={bulk.stop}>
      {t("bulk.stop")}
    </Button>,
  ];
  const finished = [
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
  ];
  return (
    <Modal
      open={bulk.isOpen}
      title={title}
      width={640}
      closable={!bulk.isRunning}
      mask={{ closable: false }}
      onCancel={bulk.close}
      destroyOnHidden
      footer={bulk.isAsked ? asking : bulk.isRunning ? running : finished}
    >
      <div className="stack">
        {bulk.isAsked ? question?.text : <Progressed of={bulk} title={title} />}
        <ul className="bulk-rows">
          {bulk.rows.map((row) => (
            <ResultRow key={row.key} of={row} isAsked={bulk.isAsked} say={say} />
          ))}
        </ul>
      </div>
    </Modal>
  );
}
