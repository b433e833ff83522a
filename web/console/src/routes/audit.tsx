import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { UserPicker } from "@/domains/access/user-picker";
import { AuditList } from "@/domains/administration/audit-list";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";

export function AuditPage() {
  const { t } = useTranslation("administration");
  const { scopes } = useSession();
  const [filters, change] = useFilters();
  return (
    <Page title={t("audit.title")} note={t("audit.note")}>
      <AuditList
        mayExport={scopes.has("exports:run")}
        person={
          <UserPicker
            label={t("audit.who")}
            value={Number(one(filters.user)) || null}
            onPick={(id) => change({ user: id ? String(id) : undefined })}
          />
        }
      />
    </Page>
  );
}
