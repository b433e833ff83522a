import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { EffectOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { effectRows } from "./tree-rules";

interface MoveEffectProps {
  effect: EffectOut | undefined;
  problem: unknown;
  name: string;
  from: string;
  to: string;
}

/** What a move takes along and who sees it from then on, before anybody decides. */
export function MoveEffect({ effect, problem, name, from, to }: MoveEffectProps) {
  const { t } = useTranslation("access");
  if (problem) return <Refusal of={problem} />;
  if (!effect) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  const { told, others } = effectRows(effect.rows);
  return (
    <section className="stack" aria-label={t("move.effect")}>
      <strong>{t("move.effect")}</strong>
      <dl className="facts">
        <div>
          <dt>{t("move.organizations")}</dt>
          <dd className="figures">{effect.organizations}</dd>
        </div>
        <div>
          <dt>{t("move.users")}</dt>
          <dd className="figures">{effect.users}</dd>
        </div>
        {told.map(([table, count]) => (
          <div key={table}>
            <dt>{t(`move.table.${table}`)}</dt>
            <dd className="figures">{count}</dd>
          </div>
        ))}
        {others > 0 && (
          <div>
            <dt>{t("move.others")}</dt>
            <dd className="figures">{others}</dd>
          </div>
        )}
      </dl>
      <ul className="plain-list">
        {from && <li>{t("move.loses", { name, from })}</li>}
        <li>{t("move.gains", { name, to })}</li>
        <li>{t("move.history")}</li>
      </ul>
    </section>
  );
}
