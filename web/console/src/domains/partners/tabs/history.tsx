import { UNKNOWN } from "@shared/money";
import { Button } from "antd";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { getListAuditRecordsQueryKey, listAuditRecords } from "@/gen/audit/audit";
import type { AuditOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";

type Values = Record<string, unknown>;
const valuesOf = (value: unknown): Values =>
  typeof value === "object" && value !== null ? (value as Values) : {};

const HIDDEN = new Set(["id", "region_code"]);

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

function sayValue(value: unknown): string {
  if (value === null || isNothing(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(sayValue).join(" · ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, one]) => `${name} ${sayValue(one)}`)
      .join(" · ");
  return String(value);
}

const nameOf = (field: string): string => {
  const key = [`partners:field.${field}`, `partners:invoice.${field}`, `partners:licence.${field}`].find(
    (one) => i18next.exists(one),
  );
  return key ? String(i18next.t(key as never)) : field;
};

function Changes({ of: record }: { of: AuditOut }) {
  const before = valuesOf(record.before);
  const after = valuesOf(record.after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      !HIDDEN.has(name) &&
      !(isNothing(before[name]) && isNothing(after[name])) &&
      JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return null;
  return (
    <dl className="changes">
      {names.map((name) => (
        <div key={name}>
          <dt>{nameOf(name)}</dt>
          <dd>
            {record.before !== null && (
              <>
                <del>{sayValue(before[name])}</del> <span aria-hidden>→</span>{" "}
              </>
            )}
            <ins>{sayValue(after[name])}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const actionWords = (action: string): string => {
  const key = `partners:event.${action.replace("partner.", "")}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : action;
};

/** Who changed what, from what to what, and why. */
export function HistoryTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation(["partners", "common"]);
  const format = useFormat();
  const params = { subject_type: "partner", subject_id: String(partnerId) };
  const pages = usePages(getListAuditRecordsQueryKey(params), (cursor, signal) =>
    listAuditRecords({ ...params, cursor }, signal),
  );
  return (
    <Card title={t("tab.history")}>
      {pages.problem && <Refusal of={pages.problem} onRetry={pages.reload} />}
      {!pages.isLoading && !pages.problem && pages.rows.length === 0 && (
        <p className="quiet">{t("history.none")}</p>
      )}
      <ul className="rows">
        {pages.rows.map((record) => (
          <li key={record.id}>
            <div className="stack-tight">
              <span className="title-row">
                <strong>{actionWords(record.action)}</strong>
                <span className="quiet figures">
                  {format.instant(record.at)} · {record.user_name || UNKNOWN}
                </span>
              </span>
              {record.reason && <span>{record.reason}</span>}
              <Changes of={record} />
            </div>
          </li>
        ))}
      </ul>
      {pages.loadMore && (
        <Button loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t("common:list.more")}
        </Button>
      )}
    </Card>
  );
}
