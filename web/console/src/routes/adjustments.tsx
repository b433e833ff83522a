import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { AdjustmentList } from "@/domains/inventory/adjustment-list";
import { Page } from "@/ui/page";

/** Adjustments of stock. */
export function AdjustmentsPage() {
  const { t } = useTranslation("inventory");
  const session = useSession();
  return (
    <Page
      title={t("adjustment.title")}
      note={t("adjustment.about")}
      actions={
        session.scopes.has("stock:write") && (
          <Link to="/warehouse/adjustments/new" className="ant-btn ant-btn-primary print-link">
            {t("adjustment.new")}
          </Link>
        )
      }
    >
      <AdjustmentList organizationId={session.organizationId} />
    </Page>
  );
}
