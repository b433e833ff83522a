import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import { useListWaiting } from "@/gen/desk/desk";
import type { DeskWorkOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { TileGrid } from "@/ui/tile-grid";
import { type Filters, writeSearch } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";

/** Where each kind of work is done. */
const PLACES: Record<string, [to: string, search: Filters]> = {
  "orders.to_confirm": ["/orders", { state: "SUBMITTED" }],
  "orders.to_confirm_buyer": ["/orders", { state: "AWAITING_BUYER" }],
  "orders.to_confirm_finance": ["/orders", { state: "AWAITING_FINANCE" }],
  "orders.to_ship": ["/orders", { state: ["CONFIRMED", "PARTIALLY_SHIPPED"] }],
  "shipments.to_receive": ["/shipments", { state: "SHIPPED" }],
  "returns.to_receive": ["/returns", { state: "REQUESTED" }],
  "counts.to_review": ["/warehouse/counts", { state: "REVIEW" }],
  "counts.to_count": ["/warehouse/counts", { state: "COUNTING" }],
  "adjustments.to_approve": ["/warehouse/adjustments", { state: "SUBMITTED" }],
  "transfers.to_receive": ["/warehouse/transfers", { state: "SENT" }],
  "prices.to_approve": ["/price-lists", { state: "DRAFT" }],
  "prices.to_publish": ["/price-lists", { state: "APPROVED" }],
  "contracts.ending": ["/partners", { contract: "ending" }],
  "imports.to_finish": ["/imports", {}],
};

const DAY_MS = 86_400_000;
const LATE_DAYS = 3;
const COUNTED_MAX = 1_000;

function Work({ of: work }: { of: DeskWorkOut }) {
  const { t } = useTranslation("desk");
  const format = useFormat();
  const [to, search] = PLACES[work.key] ?? ["/", {}];
  const age = work.oldest_at ? Date.now() - new Date(work.oldest_at).getTime() : 0;
  const isLate = age > LATE_DAYS * DAY_MS;
  return (
    <li>
      <Link to={`${to}${writeSearch(search)}`} className="work">
        <span className="work-count figures">{work.count >= COUNTED_MAX ? "999+" : work.count}</span>
        <span className="work-words">
          <span>{t(`waiting.${work.key}` as ParseKeys<"desk">) as string}</span>
          {work.oldest_at && (
            <span className={isLate ? "work-late" : "quiet"}>
              {t("waiting.oldest", { age: format.duration(Math.max(60, Math.floor(age / 60_000) * 60)) })}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

/** What waits for the reader, each with its count, its oldest and the way there. */
export function WaitingCard() {
  const { t } = useTranslation("desk");
  const waiting = useListWaiting({ query: { refetchInterval: 60_000 } });
  if (waiting.error && !waiting.data)
    return <Refusal of={waiting.error} onRetry={() => void waiting.refetch()} />;
  return (
    <Card title={t("waiting.title")} className="card-first">
      {!waiting.data && <Skeleton active title={false} paragraph={{ rows: 2, width: "100%" }} />}
      {waiting.data?.length === 0 && <p className="quiet waiting-none">{t("waiting.none")}</p>}
      {waiting.data && waiting.data.length > 0 && (
        <TileGrid isList className="works" count={waiting.data.length}>
          {waiting.data.map((work) => (
            <Work key={work.key} of={work} />
          ))}
        </TileGrid>
      )}
    </Card>
  );
}
