import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ReceiptForm } from "@/domains/receivables/receipt-form";
import { ReceiptList } from "@/domains/receivables/receipt-list";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";

/** Money received: the list, and the form behind `?new=1`, so that a link can open it. */
export function ReceiptsPage() {
  const { t } = useTranslation("money");
  const { scopes, organizationId } = useSession();
  const [filters, change] = useFilters();
  const mayWrite = scopes.has("money:write");
  return (
    <Page
      title={t("receipt.title")}
      note={t("receipt.about")}
      actions={
        mayWrite && (
          <Button type="primary" onClick={() => change({ new: "1" })}>
            {t("receipt.new")}
          </Button>
        )
      }
    >
      <ReceiptList
        sellerId={mayWrite ? organizationId : undefined}
        findsPartners={scopes.has("partners:read")}
      />
      {mayWrite && one(filters.new) === "1" && (
        <ReceiptForm
          sellerId={organizationId}
          buyerId={Number(one(filters.buyer)) || undefined}
          onClose={() => change({ new: undefined })}
        />
      )}
    </Page>
  );
}
