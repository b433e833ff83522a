import { number } from "@shared/money";
import { Progress } from "antd";
import { useTranslation } from "react-i18next";

interface JobProgressProps {
  done: number;
  total: number | null;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
}

/** How far long work has come: a bar when the whole is known, a count when it is not. */
export function JobProgress({ done, total, state }: JobProgressProps) {
  const { t } = useTranslation();
  const percent = state === "done" ? 100 : total ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  const status =
    state === "failed"
      ? "exception"
      : state === "done"
        ? "success"
        : state === "running"
          ? "active"
          : "normal";
  return (
    <div className="job-progress">
      <Progress percent={percent} status={status} size="small" aria-label={t("job.progress")} />
      <span className="quiet figures">
        {total
          ? t("job.of", { done: number(done), total: number(total) })
          : t("job.done_count", { done: number(done) })}
      </span>
    </div>
  );
}
