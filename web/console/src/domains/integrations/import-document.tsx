import { number } from "@shared/money";
import { App, Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { downloadFile } from "@/download";
import {
  getGetImportQueryKey,
  getListImportProblemsQueryKey,
  listImportProblems,
  useCancelImport,
  useRetryImport,
  useRunImport,
} from "@/gen/imports/imports";
import type { ImportEntityOut, ImportOut, ImportProblemOut, ImportTotalsOut } from "@/gen/model";
import { queries } from "@/queries";
import { type Column, DataTable } from "@/ui/data-table";
import { JobProgress } from "@/ui/job-progress";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { usePages } from "@/ui/use-pages";
import { PlanCard } from "./plan-card";

const TOTALS = ["rows", "inserted", "updated", "unchanged", "failed", "passed_over"] as const;

const refresh = () =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [first] }) => typeof first === "string" && first.startsWith("/api/v1/imports"),
  });

/** What may be done with the import now. */
export function ImportActions({ of: row }: { of: ImportOut }) {
  const { t } = useTranslation("imports");
  const { message } = App.useApp();
  const done = (words: string) => ({
    mutation: {
      onSuccess: (answer: ImportOut) => {
        queries.setQueryData(getGetImportQueryKey(row.id), answer);
        void message.success(words);
        void refresh();
      },
    },
  });
  const run = useRunImport(done(t("started")));
  const retry = useRetryImport(done(t("started")));
  const cancel = useCancelImport(done(t("stopped")));
  const may = (action: string) => row.allowed_actions.includes(action);
  const good = row.checked ? row.checked.rows - row.checked.failed - row.checked.passed_over : 0;
  return (
    <>
      {may("run") && (
        <Button
          type={row.result ? "default" : "primary"}
          loading={run.isPending}
          disabled={good === 0}
          onClick={() => run.mutate({ importId: row.id })}
        >
          {good === 0
            ? t("run_none")
            : t(row.result ? "run_again" : "run", { count: good, rows: number(good) })}
        </Button>
      )}
      {may("retry") && (
        <Button loading={retry.isPending} onClick={() => retry.mutate({ importId: row.id })}>
          {t("retry")}
        </Button>
      )}
      {may("cancel") && (
        <Button danger loading={cancel.isPending} onClick={() => cancel.mutate({ importId: row.id })}>
          {t("cancel")}
        </Button>
      )}
      {row.error_file_id && (
        <Button onClick={() => void downloadFile(row.error_file_id ?? "")}>{t("error_file")}</Button>
      )}
      <Refusal of={run.error ?? retry.error ?? cancel.error} />
    </>
  );
}

function Totals({ title, of: totals }: { title: string; of: ImportTotalsOut }) {
  const { t } = useTranslation("imports");
  return (
    <Card title={title}>
      <dl className="facts figures">
        {TOTALS.map((name) => (
          <div key={name} className={name === "failed" && totals.failed ? "tone-bad" : undefined}>
            <dt>{t(`totals.${name}`)}</dt>
            <dd>{number(totals[name])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Problems({ importId }: { importId: string }) {
  const { t } = useTranslation("imports");
  const pages = usePages(getListImportProblemsQueryKey(importId), (cursor, signal) =>
    listImportProblems(importId, { cursor }, signal),
  );
  const columns = useMemo<Column<ImportProblemOut>[]>(
    () => [
      { key: "row", title: t("field.row"), width: 80, numeric: true, render: (row) => number(row.row) },
      { key: "cell", title: t("field.cell"), width: 90, render: (row) => row.cell },
      {
        key: "given",
        title: t("field.given"),
        width: 180,
        render: (row) => <span className="cell-clip">{row.given}</span>,
      },
      { key: "reason", title: t("field.reason"), width: 420, render: (row) => row.reason },
    ],
    [t],
  );
  return (
    <section className="stack">
      <h2>{t("problems")}</h2>
      <DataTable
        label={t("problems")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.row} ${row.cell} ${row.field} ${row.code}`}
        empty={t("no_problems")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main figures">{row.cell || row.row}</span>
              <span className="quiet cell-clip">{row.given}</span>
            </div>
            <div>{row.reason}</div>
          </>
        )}
      />
    </section>
  );
}

interface ImportDocumentProps {
  of: ImportOut;
  entity: ImportEntityOut | undefined;
}

/** One import: how far it is, what the check said, what came of it, and each row that was refused. */
export function ImportDocument({ of: row, entity }: ImportDocumentProps) {
  const { t } = useTranslation("imports");
  const totals = row.result ?? row.checked;
  return (
    <div className="stack">
      {row.progress && (row.state === "RUNNING" || row.state === "CHECKING") && (
        <Card>
          <JobProgress done={row.progress.done} total={row.progress.total} state="running" />
        </Card>
      )}
      {row.refusal && (
        <Refusal
          of={{
            type: "",
            status: 422,
            title: row.refusal.message,
            detail: row.refusal.message,
            remedy: row.refusal.remedy,
            code: row.refusal.code,
            facts: row.refusal.facts,
            fields: [],
            reference: "",
          }}
        />
      )}
      {row.checked && <Totals title={t("checked_title")} of={row.checked} />}
      {row.result && <Totals title={t("result_title")} of={row.result} />}
      <PlanCard of={row} entity={entity} />
      {totals && totals.failed > 0 && <Problems importId={row.id} />}
    </div>
  );
}
