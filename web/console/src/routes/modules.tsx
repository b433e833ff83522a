import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ModuleList } from "@/domains/administration/module-list";
import { TASKS } from "@/shell/menu";
import { Page } from "@/ui/page";

export function ModulesPage() {
  const { t } = useTranslation(["administration", "common"]);
  const { scopes } = useSession();
  const menusOf = (module: string) =>
    TASKS.flatMap((task) => task.places)
      .filter((place) => place.module === module)
      .map((place) => t(`common:${place.key}` as never) as string);
  return (
    <Page title={t("module.title")} note={t("module.note")}>
      <ModuleList menusOf={menusOf} mayWrite={scopes.has("settings:write")} />
    </Page>
  );
}
