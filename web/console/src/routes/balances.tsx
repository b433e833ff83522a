import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { BalanceList } from "@/domains/receivables/balance-list";
import { Page } from "@/ui/page";

export function BalancesPage() {
  const { t } = useTranslation("money");
  return (
    <Page title={t("title")} note={t("note")}>
      <BalanceList findsPartners={useSession().scopes.has("partners:read")} />
    </Page>
  );
}
