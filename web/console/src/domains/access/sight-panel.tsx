import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SightCountOut, SightOut } from "@/gen/model";
import { previewSight } from "@/gen/system/system";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { MASKS, scopeKey } from "./scope-words";
import { UserPicker } from "./user-picker";

const KINDS = [
  "partners",
  "organizations",
  "users",
  "orders",
  "shipments",
  "warehouses",
  "stock",
  "money",
] as const;

function Count({ of: count }: { of: SightCountOut }) {
  const { t } = useTranslation("access");
  const format = useFormat();
  const kind = KINDS.find((known) => known === count.kind);
  const value =
    count.count === null
      ? t("sight.closed")
      : `${count.count.toLocaleString(format.language)}${count.is_more ? "+" : ""}`;
  return (
    <div>
      <dt>{kind ? t(`sight.kind.${kind}`) : count.kind}</dt>
      <dd className={count.count === null ? "quiet" : "figures"}>{value}</dd>
    </div>
  );
}

function Seen({ of: sight, menus }: { of: SightOut; menus: (scopes: ReadonlySet<string>) => ReactNode }) {
  const { t } = useTranslation(["access", "common"]);
  const roles = sight.roles.map((role) => t(`role.${role}`)).join(t("common:list.separator"));
  const hidden = MASKS.filter((scope) => !sight.scopes.includes(scope));
  return (
    <div className="stack">
      <p>
        {t("sight.who", { name: sight.name, roles, organization: sight.organization_name })}
        {t(`sight.extent.${sight.extent}`, { organization: sight.organization_name })}
      </p>
      <section className="stack">
        <h3>{t("sight.rows")}</h3>
        <dl className="facts sight-counts">
          {sight.counts.map((count) => (
            <Count key={count.kind} of={count} />
          ))}
        </dl>
      </section>
      <section className="stack">
        <h3>{t("sight.menus")}</h3>
        {menus(new Set(sight.scopes))}
      </section>
      <section className="stack">
        <h3>{t("sight.masks")}</h3>
        {hidden.length === 0 ? (
          <p>{t("sight.no_masks")}</p>
        ) : (
          <ul className="plain-list">
            {hidden.map((scope) => (
              <li key={scope}>{t(`mask.${scopeKey(scope) as "prices_read"}`)}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** What one person would see today, counted under that person's reach. Looking is recorded. */
export function SightPanel({ menus }: { menus: (scopes: ReadonlySet<string>) => ReactNode }) {
  const { t } = useTranslation("access");
  const [filters, change] = useFilters();
  const userId = Number(one(filters.user)) || null;
  const sight = useQuery({
    queryKey: ["sight", userId],
    queryFn: () => previewSight(userId ?? 0),
    enabled: userId !== null,
    staleTime: Number.POSITIVE_INFINITY, // each look leaves a row in the audit trail
    refetchOnWindowFocus: false,
    retry: false,
  });
  return (
    <Card
      title={t("sight.title")}
      extra={
        <UserPicker
          label={t("sight.pick")}
          value={userId}
          onPick={(id) => change({ user: id ? String(id) : undefined })}
        />
      }
    >
      {userId === null && <EmptyState text={t("sight.empty")} />}
      {userId !== null && sight.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      <Refusal of={sight.error} />
      {sight.data && <Seen of={sight.data} menus={menus} />}
    </Card>
  );
}
