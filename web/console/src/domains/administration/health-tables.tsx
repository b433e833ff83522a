import { useTranslation } from "react-i18next";
import type { ConsumerHealthOut, HealthOut, WorkHealthOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { useHealthWords } from "./health-words";

function WorkState({ of: work }: { of: WorkHealthOut }) {
  const { t } = useTranslation("administration");
  if (work.rests) return <StateTag tone="idle">{t("health.rests")}</StateTag>;
  if (work.failures > 0) return <StateTag tone="bad">{t("health.fails", { count: work.failures })}</StateTag>;
  return <StateTag tone="good">{t("health.runs")}</StateTag>;
}

/** The recurring work with its latest runs. */
export function HealthWorks({ of: health }: { of: HealthOut }) {
  const { t } = useTranslation("administration");
  const format = useFormat();
  const { work, since } = useHealthWords();
  const columns: Column<WorkHealthOut>[] = [
    {
      key: "name",
      title: t("health.work"),
      width: 200,
      render: (row) => <span className="cell-main">{work(row.name)}</span>,
    },
    {
      key: "every",
      title: t("health.every"),
      width: 110,
      numeric: true,
      render: (row) => format.duration(row.every_seconds),
    },
    {
      key: "ran",
      title: t("health.ran"),
      width: 130,
      numeric: true,
      render: (row) =>
        row.ran_at ? t("health.ago", { since: since(row.ran_at, health.measured_at) }) : t("health.unknown"),
    },
    {
      key: "took",
      title: t("health.took"),
      width: 100,
      numeric: true,
      render: (row) => t("health.ms", { count: row.took_ms }),
    },
    { key: "state", title: t("health.state"), width: 130, render: (row) => <WorkState of={row} /> },
    { key: "problem", title: t("health.problem"), width: 180, render: (row) => row.problem },
  ];
  return (
    <SimpleTable
      columns={columns}
      rows={health.works}
      rowKey={(row) => row.name}
      card={(row) => (
        <>
          <div className="phone-row">
            <span className="cell-main">{work(row.name)}</span>
            <WorkState of={row} />
          </div>
          <span className="quiet figures">
            {[
              row.ran_at && t("health.ago", { since: since(row.ran_at, health.measured_at) }),
              t("health.ms", { count: row.took_ms }),
              row.problem,
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </>
      )}
    />
  );
}

/** How far each consumer of events is. */
export function HealthConsumers({ of: health }: { of: HealthOut }) {
  const { t } = useTranslation("administration");
  const { work, since } = useHealthWords();
  const backlog = (row: ConsumerHealthOut) =>
    row.backlog === 0
      ? t("health.no_backlog")
      : t("health.backlog", {
          count: row.backlog,
          more: row.is_more ? "+" : "",
          since: row.waiting_since ? since(row.waiting_since, health.measured_at) : "–",
        });
  const columns: Column<ConsumerHealthOut>[] = [
    { key: "name", title: t("health.consumer"), width: 180, render: (row) => work(row.name) },
    { key: "backlog", title: t("health.waits"), width: 220, numeric: true, render: backlog },
  ];
  return (
    <SimpleTable
      columns={columns}
      rows={health.consumers}
      rowKey={(row) => row.name}
      card={(row) => (
        <div className="phone-row">
          <span>{work(row.name)}</span>
          <span className="quiet figures">{backlog(row)}</span>
        </div>
      )}
    />
  );
}
