import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { TransferList } from "@/domains/inventory/transfer-list";
import { Page } from "@/ui/page";

/** Goods between one's own warehouses. */
export function TransfersPage() {
  const { t } = useTranslation("inventory");
  const session = useSession();
  return (
    <Page
      title={t("transfer.title")}
      note={t("transfer.about")}
      actions={
        session.scopes.has("stock:write") && (
          <Link to="/warehouse/transfers/new" className="ant-btn ant-btn-primary print-link">
            {t("transfer.new")}
          </Link>
        )
      }
    >
      <TransferList organizationId={session.organizationId} />
    </Page>
  );
}
