import { number } from "@shared/money";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut } from "@/gen/model";
import { usePolicyHistory } from "@/gen/policies/policies";
import { Comments } from "@/ui/comments";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import type { Tone } from "@/ui/state-tag";
import { type Happening, Timeline } from "@/ui/timeline";
import { useFormat } from "@/ui/use-format";

const TONES: Record<string, Tone> = {
  "policy.approved": "note",
  "policy.published": "good",
  "policy.ended": "bad",
  "policy.discarded": "bad",
  "policy.revised": "wait",
};

/** Who did what when, why, and what of the head changed; beside it what people said. */
export function VersionHistory({ of: version, isStaff }: { of: PriceListPageOut; isStaff: boolean }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const { data, error } = usePolicyHistory(version.id, { query: { staleTime: 0 } });
  const said = (action: string, rows: number | null): string => {
    const key = `prices:history.${action.replace(".", "_")}`;
    return i18next.exists(key, { count: rows ?? 0 })
      ? String(i18next.t(key as never, { count: rows ?? 0, rows: number(rows ?? 0) } as never))
      : action;
  };
  const whatOf = (name: string): string => {
    const key = `prices:history.what.${name}`;
    return i18next.exists(key) ? String(i18next.t(key as never)) : name;
  };
  const items: Happening[] = (data ?? []).map((one) => ({
    key: one.id,
    tone: TONES[one.action] ?? "idle",
    title: said(one.action, one.rows),
    when: format.instant(one.at),
    who: one.user_name || t("history.system"),
    detail: (one.reason || one.changes.length > 0) && (
      <ul className="words">
        {one.reason && <li>{one.reason}</li>}
        {one.changes.map((change) => (
          <li key={change.what}>
            {t("history.change", {
              what: whatOf(change.what),
              before: change.before || t("history.none"),
              after: change.after || t("history.none"),
            })}
          </li>
        ))}
      </ul>
    ),
  }));
  return (
    <div className="two-columns">
      <Card title={t("history.title")}>
        <Refusal of={error} />
        <Timeline items={items} />
      </Card>
      <Comments subjectType="policy" subjectId={version.id} isStaff={isStaff} />
    </div>
  );
}
