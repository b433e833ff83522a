import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { TransferTag } from "@/domains/inventory/states";
import { TransferActions, TransferDocument } from "@/domains/inventory/transfer-document";
import { useGetTransfer } from "@/gen/inventory/inventory";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { keeperOf } from "./keeper";

/** One transfer. */
export function TransferPage() {
  const { t } = useTranslation("inventory");
  const keeper = keeperOf(useSession());
  const { transferId = "" } = useParams({ strict: false }) as { transferId?: string };
  const { data: transfer, error, refetch } = useGetTransfer(transferId);
  const home = { label: t("transfer.title"), to: "/warehouse/transfers" };
  if (error && !transfer) {
    return (
      <Page title={t("transfer.title")} crumbs={[home]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!transfer) return <PageSkeleton />;
  return (
    <Page
      crumbs={[home, { label: transfer.number }]}
      title={
        <>
          <span className="figures">{transfer.number}</span> <TransferTag of={transfer.state} />
        </>
      }
      actions={<TransferActions of={transfer} />}
    >
      <TransferDocument of={transfer} keeper={keeper} />
    </Page>
  );
}
