import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { TransferForm } from "@/domains/inventory/transfer-form";
import { Page } from "@/ui/page";

export function TransferNewPage() {
  const { t } = useTranslation("inventory");
  return (
    <Page
      title={t("transfer.new")}
      crumbs={[{ label: t("transfer.title"), to: "/warehouse/transfers" }, { label: t("transfer.new") }]}
    >
      <TransferForm organizationId={useSession().organizationId} />
    </Page>
  );
}
