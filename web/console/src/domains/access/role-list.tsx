import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useListRoles } from "@/gen/access/access";
import type { RoleOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { ScopeGroups } from "./scope-groups";
import { MASKS } from "./scope-words";
import { useSession } from "./session";

function Reach({ of: role }: { of: RoleOut }) {
  const { t } = useTranslation("access");
  if (!role.for_partners) return <p>{t("reach.staff")}</p>;
  return <p>{t(role.role === "OWNER" ? "reach.owner" : "reach.own")}</p>;
}

function Hidden({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation(["access", "common"]);
  const hidden = MASKS.filter((scope) => !scopes.includes(scope));
  const words = hidden.map((scope) => t(`mask.${scope.replace(":", "_") as "prices_read"}`));
  return (
    <p>{hidden.length ? t("hidden", { what: words.join(t("common:list.separator")) }) : t("hidden_none")}</p>
  );
}

/** Every role: how far it sees, what stays hidden, and what it may do, in plain words. */
export function RoleList() {
  const { t } = useTranslation("access");
  const { isStaff } = useSession();
  const [filters, change] = useFilters();
  const roles = useListRoles();
  if (roles.error && !roles.data) return <Refusal of={roles.error} onRetry={() => void roles.refetch()} />;
  if (!roles.data) return <PageSkeleton />;
  const shown = roles.data.filter((role) => isStaff || role.for_partners);
  const chosen = shown.find((role) => role.role === one(filters.role)) ?? shown[0];
  return (
    <Card title={t("roles.may")}>
      <div className="stack">
        <Segmented
          className="role-tabs"
          aria-label={t("user.roles")}
          options={shown.map((role) => ({ value: role.role, label: t(`role.${role.role}`) }))}
          value={chosen?.role}
          onChange={(role) => change({ role })}
        />
        {chosen && (
          <>
            <p className="quiet">{t(`role_note.${chosen.role}`)}</p>
            <Reach of={chosen} />
            <Hidden scopes={chosen.scopes} />
            <ScopeGroups scopes={chosen.scopes} />
          </>
        )}
      </div>
    </Card>
  );
}
