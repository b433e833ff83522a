import { useTranslation } from "react-i18next";
import type { HealthOut } from "@/gen/model";
import { useGetSystemHealth } from "@/gen/system/system";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { HealthConsumers, HealthWorks } from "./health-tables";
import { useHealthWords } from "./health-words";

const REFRESH_MS = 15_000;

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

function Findings({ of: health }: { of: HealthOut }) {
  const { t } = useTranslation("administration");
  const { finding } = useHealthWords();
  if (health.findings.length === 0)
    return (
      <p>
        <StateTag tone="good">{t("health.well")}</StateTag>
      </p>
    );
  return (
    <ul className="finding-list">
      {health.findings.map((one) => (
        <li key={`${one.code} ${one.about}`}>
          <StateTag tone={one.severity === "BAD" ? "bad" : "wait"}>
            {t(`health.severity.${one.severity}`)}
          </StateTag>
          <span>{finding(one)}</span>
        </li>
      ))}
    </ul>
  );
}

function Machine({ of: health }: { of: HealthOut }) {
  const { t } = useTranslation("administration");
  const format = useFormat();
  const { size, since } = useHealthWords();
  const { database, backup } = health;
  return (
    <div className="two-columns">
      <Card title={t("health.database")}>
        <dl className="facts column-facts">
          <Fact name={t("health.kind")}>
            {t(database.embedded ? "health.embedded" : "health.external", { version: database.version })}
          </Fact>
          <Fact name={t("health.size")}>{size(database.size_bytes)}</Fact>
          <Fact
            name={t("health.connections")}
          >{`${database.connections} / ${database.connections_max}`}</Fact>
          <Fact name={t("health.horizon")}>
            {database.horizon_held_since
              ? t("health.held", { since: since(database.horizon_held_since, health.measured_at) })
              : t("health.free", { count: database.horizon_behind })}
          </Fact>
        </dl>
      </Card>
      <Card title={t("health.machine")}>
        <dl className="facts column-facts">
          <Fact name={t("health.disk")}>
            {t("health.disk_free", {
              free: size(health.disk_free_bytes),
              total: size(health.disk_total_bytes),
            })}
          </Fact>
          <Fact name={t("health.backup")}>
            {backup
              ? t("health.backup_at", {
                  at: format.instant(backup.made_at),
                  size: size(backup.size_bytes),
                  target: backup.target,
                })
              : t("health.backup_unknown")}
          </Fact>
          <Fact name={t("health.versions")}>{`${health.version} · Python ${health.python_version}`}</Fact>
          <Fact name={t("health.warehouse")}>
            {!health.warehouse_on
              ? t("health.rests")
              : health.warehouse_at
                ? t("health.fresh", { since: since(health.warehouse_at, health.measured_at) })
                : t("health.unknown")}
          </Fact>
        </dl>
      </Card>
    </div>
  );
}

function Jobs({ of: health }: { of: HealthOut }) {
  const { t } = useTranslation(["administration", "jobs"]);
  const { since } = useHealthWords();
  return (
    <Card title={t("health.jobs")}>
      {health.jobs.length === 0 ? (
        <p className="quiet">{t("health.no_jobs")}</p>
      ) : (
        <dl className="facts">
          {health.jobs.map((one) => (
            <Fact key={one.state} name={t(`jobs:state.${one.state}`)}>
              {String(one.count)}
            </Fact>
          ))}
        </dl>
      )}
      {health.job_waiting_since && (
        <p>{t("health.waiting", { since: since(health.job_waiting_since, health.measured_at) })}</p>
      )}
    </Card>
  );
}

/** How the installation is, measured every quarter of a minute while one looks. */
export function HealthBoard() {
  const { t } = useTranslation("administration");
  const { since } = useHealthWords();
  const found = useGetSystemHealth({ query: { refetchInterval: REFRESH_MS } });
  if (found.error && !found.data) return <Refusal of={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const health = found.data;
  return (
    <div className="stack">
      <Card title={t("health.findings")}>
        <Findings of={health} />
      </Card>
      <Machine of={health} />
      <Card
        title={t("health.worker")}
        flush
        extra={
          <span className="quiet">
            {health.worker_seen_at
              ? t("health.seen", { since: since(health.worker_seen_at, health.measured_at) })
              : t("health.never_seen")}
          </span>
        }
      >
        <HealthWorks of={health} />
      </Card>
      <div className="two-columns">
        <Card title={t("health.consumers")} flush>
          <HealthConsumers of={health} />
        </Card>
        <Jobs of={health} />
      </div>
      {found.error && <Refusal of={found.error} />}
    </div>
  );
}
