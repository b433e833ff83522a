import { useTranslation } from "react-i18next";
import { StatementPaper } from "@/domains/receivables/statement-paper";
import { useGetStatement, useListBalances } from "@/gen/money/money";
import { PrintFrame } from "@/ui/print-frame";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";

/** The statement of one account over some days. */
export function PrintStatementPage() {
  const { t } = useTranslation("money");
  const [filters] = useFilters();
  const params = {
    buyer_id: Number(one(filters.buyer_id)) || 0,
    seller_id: Number(one(filters.seller_id)) || 0,
    currency: one(filters.currency) || "CNY",
    first: one(filters.first),
    last: one(filters.last),
  };
  const isAsked = params.buyer_id > 0 && params.seller_id > 0 && params.first !== "" && params.last !== "";
  const query = { query: { enabled: isAsked } };
  const found = useGetStatement(params, query);
  // The account itself knows what both sides are called.
  const account = useListBalances({ buyer_id: params.buyer_id, seller_id: params.seller_id }, query);
  const names = account.data?.items[0];
  const problem = found.error ?? account.error;
  return (
    <PrintFrame title={t("statement.paper")} isEmpty={!isAsked}>
      <Refusal of={problem} />
      {!problem && !(found.data && account.data) && <PageSkeleton />}
      {found.data && account.data && (
        <StatementPaper
          of={found.data}
          buyerName={names?.buyer_name ?? "–"}
          sellerName={names?.seller_name ?? "–"}
          printedAt={new Date(found.dataUpdatedAt).toISOString()}
        />
      )}
    </PrintFrame>
  );
}
