import { useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { CreditSummary } from "@/domains/credit/credit-summary";
import { PartnerDocument } from "@/domains/partners/partner-document";
import { PartnerStateTag } from "@/domains/partners/states";
import { PartnerActions } from "@/domains/partners/status-actions";
import { useGetPartner } from "@/gen/partners/partners";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";

export function PartnerPage() {
  const { t } = useTranslation("partners");
  const { scopes } = useSession();
  const navigate = useNavigate();
  const { partnerId = "" } = useParams({ strict: false }) as { partnerId?: string };
  const { data: partner, error, refetch } = useGetPartner(Number(partnerId));
  const list = { label: t("list.title"), to: "/partners" };
  if (error && !partner) {
    return (
      <Page title={t("list.title")} crumbs={[list]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!partner) return <PageSkeleton />;
  return (
    <Page
      crumbs={[list, { label: partner.name }]}
      title={
        <>
          {partner.name} <PartnerStateTag of={partner.status} />
        </>
      }
      actions={
        <>
          <Button
            onClick={() => void navigate({ to: "/orders", search: { buyer: String(partner.id) } } as never)}
          >
            {t("action.orders")}
          </Button>
          <PartnerActions of={partner} />
        </>
      }
    >
      {scopes.has("money:read") && <CreditSummary buyerId={partner.id} />}
      <PartnerDocument of={partner} />
    </Page>
  );
}
