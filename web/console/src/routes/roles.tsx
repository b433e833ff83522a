import { useTranslation } from "react-i18next";
import { RoleList } from "@/domains/access/role-list";
import { useSession } from "@/domains/access/session";
import { SightPanel } from "@/domains/access/sight-panel";
import { tasksFor } from "@/shell/menu";
import { Page } from "@/ui/page";

function Menus({ scopes, modulesOff }: { scopes: ReadonlySet<string>; modulesOff: ReadonlySet<string> }) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list">
      {tasksFor(scopes, modulesOff).map((task) => (
        <li key={task.key}>
          <strong>{t(task.key)}</strong>
          {task.places.length > 1 &&
            ` – ${task.places.map((place) => t(place.key)).join(t("list.separator"))}`}
        </li>
      ))}
    </ul>
  );
}

export function RolesPage() {
  const { t } = useTranslation("access");
  const { scopes, modulesOff } = useSession();
  return (
    <Page title={t("roles.title")} note={t("roles.note")}>
      <div className="two-columns">
        <RoleList />
        {scopes.has("users:impersonate") && (
          <SightPanel menus={(theirs) => <Menus scopes={theirs} modulesOff={modulesOff} />} />
        )}
      </div>
    </Page>
  );
}
