import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { downloadFile } from "@/download";
import { getListJobsQueryKey, listJobs, useCancelJob, useStartJobAgain } from "@/gen/jobs/jobs";
import type { JobOut, JobState } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import { queries } from "@/queries";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { JobProgress } from "@/ui/job-progress";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { StateTag, type Tone } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";

const STATES = ["QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED"] as const satisfies readonly JobState[];
const TONES: Record<JobState, Tone> = {
  QUEUED: "wait",
  RUNNING: "note",
  DONE: "good",
  FAILED: "bad",
  CANCELLED: "idle",
};
const BARS = {
  QUEUED: "waiting",
  RUNNING: "running",
  DONE: "done",
  FAILED: "failed",
  CANCELLED: "cancelled",
} as const;

const refresh = () => queries.invalidateQueries({ queryKey: getListJobsQueryKey() });

function useWork(): (job: JobOut) => string {
  const word = useWord();
  return (job) => word({ zh: job.label_zh, en: job.label_en }) || job.kind;
}

function JobStateTag({ job }: { job: JobOut }) {
  const { t } = useTranslation("jobs");
  const isStopping = job.cancel_asked_at !== null && (job.state === "RUNNING" || job.state === "QUEUED");
  return <StateTag tone={TONES[job.state]}>{isStopping ? t("stopping") : t(`state.${job.state}`)}</StateTag>;
}

function Stopping({ job, onClose }: { job: JobOut; onClose: () => void }) {
  const { t } = useTranslation("jobs");
  const { message } = App.useApp();
  const work = useWork();
  const cancel = useCancelJob({
    mutation: {
      onSuccess: () => {
        void message.success(t("cancel_done"));
        void refresh();
        onClose();
      },
    },
  });
  return (
    <ReasonDialog
      isOpen
      isReasonNeeded={false}
      title={t("cancel_title", { work: work(job) })}
      explanation={t("cancel_explanation")}
      confirm={t("cancel")}
      isBusy={cancel.isPending}
      problem={cancel.error}
      onClose={onClose}
      onConfirm={() => cancel.mutate({ jobId: job.id })}
    />
  );
}

function Actions({ job, onStop }: { job: JobOut; onStop: (job: JobOut) => void }) {
  const { t } = useTranslation("jobs");
  const { message } = App.useApp();
  const again = useStartJobAgain({
    mutation: {
      onSuccess: () => {
        void message.success(t("again_done"));
        void refresh();
      },
    },
  });
  const { result_file_id: fileId } = job;
  return (
    <span className="title-row">
      {fileId && (
        <Button size="small" type="primary" onClick={() => void downloadFile(fileId)}>
          {t("file")}
        </Button>
      )}
      {job.may_cancel && !job.cancel_asked_at && (
        <Button size="small" onClick={() => onStop(job)}>
          {t("cancel")}
        </Button>
      )}
      {job.may_start_again && (
        <Button size="small" loading={again.isPending} onClick={() => again.mutate({ jobId: job.id })}>
          {t("again")}
        </Button>
      )}
    </span>
  );
}

function useColumns(onStop: (job: JobOut) => void): Column<JobOut>[] {
  const { t } = useTranslation("jobs");
  const format = useFormat();
  const work = useWork();
  return useMemo(
    () => [
      {
        key: "work",
        title: t("field.work"),
        width: 240,
        render: (job) => (
          <div>
            <span className="cell-main">{work(job)}</span>
            {job.message && <div className="quiet cell-clip">{job.message}</div>}
          </div>
        ),
      },
      { key: "state", title: t("field.state"), width: 110, render: (job) => <JobStateTag job={job} /> },
      {
        key: "progress",
        title: t("field.progress"),
        width: 220,
        render: (job) =>
          job.refusal ? (
            <Refusal of={job.refusal} />
          ) : (
            <JobProgress done={job.done} total={job.total} state={BARS[job.state]} />
          ),
      },
      { key: "by", title: t("field.started_by"), width: 120, render: (job) => job.created_by_name },
      {
        key: "created",
        title: t("field.created_at"),
        width: 150,
        numeric: true,
        render: (job) => format.instant(job.created_at),
      },
      {
        key: "finished",
        title: t("field.finished_at"),
        width: 150,
        numeric: true,
        render: (job) => format.instant(job.finished_at),
      },
      { key: "actions", title: "", width: 200, render: (job) => <Actions job={job} onStop={onStop} /> },
    ],
    [t, format, work, onStop],
  );
}

/** Long work: how far it is, what came of it, and what can still be done about it. */
export function JobList() {
  const { t } = useTranslation("jobs");
  const { isStaff } = useSession();
  const [filters] = useFilters();
  const [stopping, setStopping] = useState<JobOut | null>(null);
  const work = useWork();
  const wanted = {
    state: STATES.find((known) => known === one(filters.state)),
    everyone: isStaff && one(filters.whose) === "everyone",
  };
  const pages = usePages(getListJobsQueryKey(wanted), (cursor, signal) =>
    listJobs({ ...wanted, cursor }, signal),
  );
  const columns = useColumns(setStopping);
  const states = STATES.map((value) => ({ value, label: t(`state.${value}`) }));
  const whose = [
    { value: "mine", label: t("mine") },
    { value: "everyone", label: t("everyone") },
  ];
  return (
    <>
      <FilterBar
        fields={[
          { kind: "choice", name: "state", placeholder: t("field.state"), options: states },
          ...(isStaff
            ? [{ kind: "choice" as const, name: "whose", placeholder: t("whose"), options: whose }]
            : []),
        ]}
      />
      <DataTable
        label={t("title")}
        columns={columns}
        pages={pages}
        rowKey={(job) => job.id}
        empty={t("empty")}
        card={(job) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{work(job)}</span>
              <JobStateTag job={job} />
            </div>
            <JobProgress done={job.done} total={job.total} state={BARS[job.state]} />
            {job.refusal && <Refusal of={job.refusal} />}
            <Actions job={job} onStop={setStopping} />
          </>
        )}
      />
      {stopping && <Stopping job={stopping} onClose={() => setStopping(null)} />}
    </>
  );
}
