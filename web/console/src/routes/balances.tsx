import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { BalanceList, balancesWanted } from "@/domains/receivables/balance-list";
import { ExportButton } from "@/ui/export-button";
import { Page } from "@/ui/page";
import { useFilters } from "@/ui/use-filters";

/** Money with partners as it stands; what is seen can be taken along. */
export function BalancesPage() {
  const { t } = useTranslation("money");
  const { scopes } = useSession();
  const [filters] = useFilters();
  const { overdue, ...parties } = balancesWanted(filters);
  return (
    <Page
      title={t("title")}
      note={t("note")}
      actions={
        scopes.has("exports:run") && (
          <ExportButton
            name="balances"
            filters={{ ...parties, overdue: overdue ? "true" : undefined }}
            fileName={t("title")}
          />
        )
      }
    >
      <BalanceList findsPartners={scopes.has("partners:read")} mayExport={scopes.has("exports:run")} />
    </Page>
  );
}
