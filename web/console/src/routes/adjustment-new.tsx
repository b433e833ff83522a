import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { AdjustmentForm } from "@/domains/inventory/adjustment-form";
import { Page } from "@/ui/page";

export function AdjustmentNewPage() {
  const { t } = useTranslation("inventory");
  return (
    <Page
      title={t("adjustment.new")}
      crumbs={[
        { label: t("adjustment.title"), to: "/warehouse/adjustments" },
        { label: t("adjustment.new") },
      ]}
    >
      <AdjustmentForm organizationId={useSession().organizationId} />
    </Page>
  );
}
