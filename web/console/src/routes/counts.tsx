import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { CountList } from "@/domains/inventory/count-list";
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
          <Link to="/warehouse/counts/new" className="ant-btn ant-btn-primary print-link">
            {t("count.new")}
          </Link>
        )
      }
    >
      <CountList organizationId={session.organizationId} />
    </Page>
  );
}
