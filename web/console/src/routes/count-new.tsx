import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { CountForm } from "@/domains/inventory/count-form";
import { Page } from "@/ui/page";

export function CountNewPage() {
  const { t } = useTranslation("inventory");
  return (
    <Page
      title={t("count.new")}
      crumbs={[{ label: t("count.title"), to: "/warehouse/counts" }, { label: t("count.new") }]}
    >
      <CountForm organizationId={useSession().organizationId} />
    </Page>
  );
}
