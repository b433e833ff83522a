import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { AdjustmentActions, AdjustmentDocument } from "@/domains/inventory/adjustment-document";
import { AdjustmentTag } from "@/domains/inventory/states";
import { useGetAdjustment } from "@/gen/inventory/inventory";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { keeperOf } from "./keeper";

/** One adjustment. */
export function AdjustmentPage() {
  const { t } = useTranslation("inventory");
  const keeper = keeperOf(useSession());
  const { adjustmentId = "" } = useParams({ strict: false }) as { adjustmentId?: string };
  const { data: document, error, refetch } = useGetAdjustment(adjustmentId);
  const home = { label: t("adjustment.title"), to: "/warehouse/adjustments" };
  if (error && !document) {
    return (
      <Page title={t("adjustment.title")} crumbs={[home]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!document) return <PageSkeleton />;
  return (
    <Page
      crumbs={[home, { label: document.number }]}
      title={
        <>
          <span className="figures">{document.number}</span> <AdjustmentTag of={document.state} />
        </>
      }
      actions={<AdjustmentActions of={document} />}
    >
      <AdjustmentDocument of={document} keeper={keeper} />
    </Page>
  );
}
