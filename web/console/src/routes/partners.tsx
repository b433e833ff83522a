import { useTranslation } from "react-i18next";
import { PartnerList, PartnerTotals } from "@/domains/partners/partner-list";
import { Page } from "@/ui/page";

export function PartnersPage() {
  const { t } = useTranslation("partners");
  return (
    <Page title={t("list.title")} note={<PartnerTotals />}>
      <PartnerList />
    </Page>
  );
}
