import { Link } from "@tanstack/react-router";
import { Drawer } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListAuditRecordsQueryKey, listAuditRecords } from "@/gen/audit/audit";
import type { AuditOut } from "@/gen/model";
import { useLanguage } from "@/i18n/language";
import { serverWord } from "@/i18n/server-words";
import { type Column, DataTable } from "@/ui/data-table";
import { ExportButton } from "@/ui/export-button";
import { FilterBar } from "@/ui/filter-bar";
import { SimpleTable } from "@/ui/simple-table";
import { type Filters, one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { type Change, changes, pageOf } from "./audit-diff";
import { SUBJECTS, useAuditWords } from "./audit-words";

/** The list's filters as the API and the export ask for them. */
export const auditQuery = (filters: Filters) => ({
  subject_type: one(filters.type) || undefined,
  subject: one(filters.subject) || undefined,
  user_id: Number(one(filters.user)) || undefined,
  from_day: one(filters.from) || undefined,
  to_day: one(filters.until) || undefined,
});

/** What was changed, before and after side by side. */
function Diff({ of: record }: { of: AuditOut }) {
  const { t } = useTranslation("administration");
  const { word, value } = useAuditWords();
  const rows = changes(record.before, record.after);
  if (rows.length === 0) return <p className="quiet">{t("audit.no_values")}</p>;
  const columns: Column<Change>[] = [
    { key: "name", title: t("audit.field"), width: 140, render: (row) => word("name", row.name) },
    {
      key: "before",
      title: t("audit.before"),
      width: 190,
      render: (row) => (
        <span className={row.before === null ? "quiet" : "diff-before"}>{value(row.before)}</span>
      ),
    },
    {
      key: "after",
      title: t("audit.after"),
      width: 190,
      render: (row) => <span className="diff-after">{value(row.after)}</span>,
    },
  ];
  return (
    <SimpleTable
      columns={columns}
      rows={rows}
      rowKey={(row) => row.name}
      card={(row) => (
        <>
          <span className="quiet">{word("name", row.name)}</span>
          <span>
            <span className={row.before === null ? "quiet" : "diff-before"}>{value(row.before)}</span> →{" "}
            <span className="diff-after">{value(row.after)}</span>
          </span>
        </>
      )}
    />
  );
}

/** Settings, modules and jobs are called by the program, what people made by its own name, a seller's setting by both. */
const calledBy = (record: AuditOut, language: string): string => {
  const label = serverWord({ zh: record.subject_label_zh, en: record.subject_label_en }, language);
  return [label, record.subject_name].filter(Boolean).join(" · ");
};

function Subject({ of: record }: { of: AuditOut }) {
  const { word } = useAuditWords();
  const language = useLanguage();
  const page = pageOf(record.subject_type, record.subject_id);
  const text = `${word("subject", record.subject_type)} ${calledBy(record, language) || record.subject_id}`;
  return page ? (
    <Link to={page.to} search={page.search as never}>
      {text}
    </Link>
  ) : (
    <span>{text}</span>
  );
}

function useWho(): (record: AuditOut) => string {
  const { t } = useTranslation("administration");
  return (record) =>
    record.impersonator_id === null
      ? record.user_name || t("option.somebody")
      : t("audit.as", { who: record.impersonator_name, as: record.user_name });
}

function Detail({ of: record, onClose }: { of: AuditOut; onClose: () => void }) {
  const { t } = useTranslation("administration");
  const format = useFormat();
  const { action } = useAuditWords();
  const who = useWho();
  return (
    <Drawer open size={640} onClose={onClose} title={action(record.action)}>
      <div className="stack">
        <dl className="facts">
          <div>
            <dt>{t("audit.who")}</dt>
            <dd>{who(record)}</dd>
          </div>
          <div>
            <dt>{t("audit.at")}</dt>
            <dd className="figures">{format.instant(record.at)}</dd>
          </div>
          <div>
            <dt>{t("audit.what")}</dt>
            <dd>
              <Subject of={record} />
            </dd>
          </div>
          {(record.subject_name || record.subject_label_zh) && (
            <div>
              <dt>{t("audit.id")}</dt>
              <dd className="figures">{record.subject_id}</dd>
            </div>
          )}
        </dl>
        {record.reason && <p>{t("audit.because", { reason: record.reason })}</p>}
        <Diff of={record} />
        {record.request_id && (
          <p className="quiet">{t("audit.reference", { reference: record.request_id })}</p>
        )}
      </div>
    </Drawer>
  );
}

/** Who changed what, when and why, from what to what. */
export function AuditList({ person, mayExport }: { person: ReactNode; mayExport: boolean }) {
  const { t } = useTranslation("administration");
  const format = useFormat();
  const [filters] = useFilters();
  const { word, action } = useAuditWords();
  const who = useWho();
  const [opened, setOpened] = useState<AuditOut | null>(null);
  const query = useMemo(() => auditQuery(filters), [filters]);
  const pages = usePages(getListAuditRecordsQueryKey(query), (cursor, signal) =>
    listAuditRecords({ ...query, cursor }, signal),
  );
  const columns: Column<AuditOut>[] = [
    { key: "at", title: t("audit.at"), width: 140, render: (row) => format.instant(row.at) },
    { key: "who", title: t("audit.who"), width: 160, render: who },
    {
      key: "action",
      title: t("audit.did"),
      width: 200,
      render: (row) => (
        <button type="button" className="figure-link" onClick={() => setOpened(row)}>
          {action(row.action)}
        </button>
      ),
    },
    {
      key: "subject",
      title: t("audit.what"),
      width: 220,
      render: (row) => (
        <span className="cell-clip">
          <Subject of={row} />
        </span>
      ),
    },
    {
      key: "reason",
      title: t("audit.reason"),
      width: 220,
      render: (row) => <span className="cell-clip">{row.reason}</span>,
    },
  ];
  return (
    <>
      <div className="audit-filters">
        <FilterBar
          fields={[
            {
              kind: "choice",
              name: "type",
              placeholder: t("audit.what"),
              options: SUBJECTS.map((type) => ({ value: type, label: word("subject", type) })),
            },
            { kind: "text", name: "subject", placeholder: t("audit.called") },
            { kind: "days", from: "from", until: "until" },
          ]}
        />
        {person}
        {mayExport && <ExportButton name="audit" filters={query} fileName={t("audit.title")} />}
      </div>
      <DataTable
        label={t("audit.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("audit.empty")}
        onOpen={setOpened}
        card={(row) => (
          <>
            <div className="phone-row">
              <button type="button" className="figure-link cell-main" onClick={() => setOpened(row)}>
                {action(row.action)}
              </button>
              <span className="quiet figures">{format.instant(row.at)}</span>
            </div>
            <div>
              <Subject of={row} />
            </div>
            <div className="quiet">{who(row)}</div>
            {row.reason && <div>{row.reason}</div>}
          </>
        )}
      />
      {opened && <Detail of={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
