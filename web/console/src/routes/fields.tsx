import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { FieldList } from "@/domains/administration/field-list";
import { Page } from "@/ui/page";

export function FieldsPage() {
  const { t } = useTranslation("administration");
  const { scopes } = useSession();
  return (
    <Page title={t("field.title")} note={t("field.note")}>
      <FieldList mayWrite={scopes.has("settings:write")} />
    </Page>
  );
}
