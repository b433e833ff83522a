import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { TransferList } from "@/domains/inventory/transfer-list";
import { ButtonLink } from "@/ui/button-link";
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
          <ButtonLink to="/warehouse/transfers/new">{t("transfer.new")}</ButtonLink>
        )
      }
    >
      <TransferList organizationId={session.organizationId} />
    </Page>
  );
}
