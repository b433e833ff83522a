import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { AdjustmentList } from "@/domains/inventory/adjustment-list";
import { ButtonLink } from "@/ui/button-link";
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
          <ButtonLink to="/warehouse/adjustments/new">{t("adjustment.new")}</ButtonLink>
        )
      }
    >
      <AdjustmentList organizationId={session.organizationId} />
    </Page>
  );
}
