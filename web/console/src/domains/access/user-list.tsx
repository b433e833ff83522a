import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListUsersQueryKey, listUsers } from "@/gen/access/access";
import type { Role, UserOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { ROLES } from "./roles";
import { UserActions } from "./user-actions";
import { UserForm } from "./user-form";

function useRoleText(): (roles: readonly Role[]) => string {
  const { t } = useTranslation(["access", "common"]);
  return (roles) => roles.map((role) => t(`role.${role}`)).join(t("common:list.separator"));
}

function UserState({ of: user }: { of: UserOut }) {
  const { t } = useTranslation("access");
  return (
    <StateTag tone={user.is_active ? "good" : "idle"}>
      {t(user.is_active ? "user.active" : "user.inactive")}
    </StateTag>
  );
}

function useColumns(withOrganization: boolean): Column<UserOut>[] {
  const { t } = useTranslation("access");
  const format = useFormat();
  const roleText = useRoleText();
  const columns: Column<UserOut>[] = [
    {
      key: "name",
      title: t("user.name"),
      width: 140,
      render: (user) => (
        <span className="cell-two">
          <span className="cell-main">{user.name}</span>
          <span className="quiet">{user.username}</span>
        </span>
      ),
    },
    {
      key: "organization",
      title: t("user.organization"),
      width: 196,
      render: (user) => <span className="cell-clip">{user.organization_name}</span>,
    },
    { key: "roles", title: t("user.roles"), width: 150, render: (user) => roleText(user.roles) },
    { key: "phone", title: t("user.phone"), width: 116, numeric: true, render: (user) => user.phone },
    {
      key: "seen",
      title: t("user.seen"),
      width: 126,
      numeric: true,
      render: (user) => (user.last_seen_at ? format.instant(user.last_seen_at) : t("user.never_seen")),
    },
    {
      key: "totp",
      title: t("user.totp"),
      width: 130,
      render: (user) => t(user.has_totp ? "user.totp_on" : "user.totp_off"),
    },
    { key: "state", title: t("user.state"), width: 96, render: (user) => <UserState of={user} /> },
    { key: "actions", title: "", width: 90, render: (user) => <UserActions of={user} /> },
  ];
  return columns.filter((column) => withOrganization || column.key !== "organization");
}

/** People in the reader's reach, or of one organization when its page asks. */
export function UserList({ organizationId }: { organizationId?: number }) {
  const { t } = useTranslation("access");
  const [filters] = useFilters();
  const [opened, setOpened] = useState<UserOut | null>(null);
  const roleText = useRoleText();
  const query = useMemo(() => {
    const active = one(filters.active);
    return {
      organization_id: organizationId ?? (Number(one(filters.organization)) || undefined),
      role: (one(filters.role) || undefined) as Role | undefined,
      is_active: active ? active === "yes" : undefined,
      text: one(filters.text) || undefined,
    };
  }, [filters, organizationId]);
  const pages = usePages(getListUsersQueryKey(query), (cursor, signal) =>
    listUsers({ ...query, cursor }, signal),
  );
  const columns = useColumns(organizationId === undefined);
  return (
    <>
      <FilterBar
        fields={[
          { kind: "text", name: "text", placeholder: t("user.search") },
          {
            kind: "choice",
            name: "role",
            placeholder: t("user.roles"),
            options: ROLES.map((role) => ({ value: role, label: t(`role.${role}`) })),
          },
          {
            kind: "choice",
            name: "active",
            placeholder: t("user.state"),
            options: [
              { value: "yes", label: t("user.active") },
              { value: "no", label: t("user.inactive") },
            ],
          },
        ]}
      />
      <DataTable
        label={t("user.title")}
        columns={columns}
        pages={pages}
        rowKey={(user) => user.id}
        empty={t("user.empty")}
        onOpen={(user) => user.allowed_actions.includes("change") && setOpened(user)}
        card={(user) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{user.name}</span>
              <UserState of={user} />
            </div>
            <div className="quiet">
              {user.username} · {roleText(user.roles)}
            </div>
            <div className="phone-row">
              <span className="quiet">{user.organization_name}</span>
              <UserActions of={user} />
            </div>
          </>
        )}
      />
      {opened && <UserForm user={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
