import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListUsersQueryKey, listUsers } from "@/gen/access/access";
import type { UserOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { StateTag } from "@/ui/state-tag";
import { usePages } from "@/ui/use-pages";

function useColumns(): Column<UserOut>[] {
  const { t } = useTranslation(["access", "common"]);
  return useMemo(
    () => [
      {
        key: "name",
        title: t("user.name"),
        width: 160,
        render: (user) => <span className="cell-main">{user.name}</span>,
      },
      { key: "username", title: t("user.username"), width: 180, render: (user) => user.username },
      { key: "phone", title: t("user.phone"), width: 140, numeric: true, render: (user) => user.phone },
      {
        key: "roles",
        title: t("user.roles"),
        width: 220,
        render: (user) => user.roles.map((role) => t(`role.${role}`)).join(t("common:list.separator")),
      },
      {
        key: "totp",
        title: t("user.totp"),
        width: 110,
        render: (user) => t(user.has_totp ? "user.totp_on" : "user.totp_off"),
      },
      {
        key: "state",
        title: t("user.state"),
        width: 110,
        render: (user) => (
          <StateTag tone={user.is_active ? "good" : "idle"}>
            {t(user.is_active ? "user.active" : "user.inactive")}
          </StateTag>
        ),
      },
    ],
    [t],
  );
}

/** People in the reader's reach. */
export function UserList() {
  const { t } = useTranslation("access");
  const pages = usePages(getListUsersQueryKey(), (cursor, signal) => listUsers({ cursor }, signal));
  const columns = useColumns();
  return (
    <DataTable
      label={t("user.title")}
      columns={columns}
      pages={pages}
      rowKey={(user) => user.id}
      empty={t("user.empty")}
      card={(user) => (
        <>
          <div className="phone-row">
            <span className="cell-main">{user.name}</span>
            <span className="quiet">{user.username}</span>
          </div>
          <div className="quiet">{user.roles.map((role) => t(`role.${role}`)).join(" · ")}</div>
        </>
      )}
    />
  );
}
