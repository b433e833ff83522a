import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { CountActions } from "@/domains/inventory/count-actions";
import { CountDocument } from "@/domains/inventory/count-document";
import { CountingScreen } from "@/domains/inventory/counting-screen";
import { CountTag } from "@/domains/inventory/states";
import { useGetCount } from "@/gen/inventory/inventory";
import { Page } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { keeperOf } from "./keeper";

function useCount() {
  const { countId = "" } = useParams({ strict: false }) as { countId?: string };
  return useGetCount(countId);
}

/** One stock-take. */
export function CountPage() {
  const { t } = useTranslation("inventory");
  const keeper = keeperOf(useSession());
  const { data: count, error, refetch } = useCount();
  const home = { label: t("count.title"), to: "/warehouse/counts" };
  if (error && !count) {
    return (
      <Page title={t("count.title")} crumbs={[home]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!count) return <PageSkeleton />;
  return (
    <Page
      crumbs={[home, { label: count.number }]}
      title={
        <>
          <span className="figures">{count.number}</span> <CountTag of={count.state} />
        </>
      }
      actions={<CountActions of={count} />}
    >
      <CountDocument of={count} keeper={keeper} />
    </Page>
  );
}

/** Counting: the keeper's screen at the shelf. */
export function CountEntryPage() {
  const { t } = useTranslation("inventory");
  const keeper = keeperOf(useSession());
  const { data: count, error, refetch } = useCount();
  const home = { label: t("count.title"), to: "/warehouse/counts" };
  if (error && !count) {
    return (
      <Page title={t("count.do_count")} crumbs={[home]}>
        <Refusal of={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!count) return <PageSkeleton />;
  return (
    <Page
      crumbs={[
        home,
        { label: count.number, to: `/warehouse/counts/${count.id}` },
        { label: t("count.do_count") },
      ]}
      title={t("counting.title", { number: count.number })}
      note={`${count.warehouse_name} · ${t("count.round", { round: count.round })}${count.is_blind ? ` · ${t("count.hidden")}` : ""}`}
    >
      {count.allowed_actions.includes("count") ? (
        <CountingScreen of={count} userId={keeper.userId} />
      ) : (
        <CountTag of={count.state} />
      )}
    </Page>
  );
}
