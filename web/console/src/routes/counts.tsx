import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { CountList } from "@/domains/inventory/count-list";
import { ButtonLink } from "@/ui/button-link";
import { Page } from "@/ui/page";

/** Stock-takes. */
export function CountsPage() {
  const { t } = useTranslation("inventory");
  const session = useSession();
  return (
    <Page
      title={t("count.title")}
      note={t("count.about")}
      actions={
        session.scopes.has("stock:write") && (
          <ButtonLink to="/warehouse/counts/new">{t("count.new")}</ButtonLink>
        )
      }
    >
      <CountList organizationId={session.organizationId} />
    </Page>
  );
}
