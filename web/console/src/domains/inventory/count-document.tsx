import { number } from "@shared/money";
import { Switch } from "antd";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { getListCountLinesQueryKey, listCountLines, useCountHistory } from "@/gen/inventory/inventory";
import type { CountLineOut, CountOut } from "@/gen/model";
import { Attachments } from "@/ui/attachments";
import { Comments } from "@/ui/comments";
import { type Column, DataTable } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { StateTag } from "@/ui/state-tag";
import { type Happening, Timeline } from "@/ui/timeline";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { scopeText } from "./count-list";
import type { Keeper } from "./reader";
import { VerdictTag } from "./states";

const EVENTS = ["planned", "started", "counted", "recounted", "posted", "cancelled", "abandoned"] as const;

function useColumns(count: CountOut): Column<CountLineOut>[] {
  const { t } = useTranslation("inventory");
  return useMemo(() => {
    const columns: Column<CountLineOut>[] = [
      {
        key: "sku",
        title: t("stock.sku"),
        width: 206,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">
              {row.sku_code} {row.is_recount && <StateTag tone="wait">{t("count.recount_tag")}</StateTag>}
            </span>
          </span>
        ),
      },
      {
        key: "counted",
        title: t("count.counted"),
        width: 100,
        numeric: true,
        render: (row) => <strong>{row.counted_text || "–"}</strong>,
      },
      {
        key: "book",
        title: t("count.book"),
        width: 100,
        numeric: true,
        render: (row) => row.book_text || "–",
      },
      {
        key: "difference",
        title: t("count.difference"),
        width: 100,
        numeric: true,
        render: (row) => row.difference_text || "–",
      },
      {
        key: "verdict",
        title: t("count.verdict"),
        width: 112,
        render: (row) => row.verdict && <VerdictTag of={row.verdict} />,
      },
      { key: "round", title: t("count.rounds"), width: 64, numeric: true, render: (row) => row.round },
    ];
    if (count.by_lot)
      columns.splice(1, 0, { key: "lot", title: t("stock.lot"), width: 140, render: (row) => row.lot });
    return columns;
  }, [t, count.by_lot]);
}

function Lines({ of: count }: { of: CountOut }) {
  const { t } = useTranslation("inventory");
  const [filters, change] = useFilters();
  const onlyOpen = one(filters.open) === "1";
  const wanted = { only_open: onlyOpen || undefined };
  const pages = usePages(getListCountLinesQueryKey(count.id, wanted), (cursor, signal) =>
    listCountLines(count.id, { ...wanted, cursor }, signal),
  );
  const columns = useColumns(count);
  return (
    <section className="stack">
      <div className="phone-row">
        <h2>{t("count.lines")}</h2>
        <span className="urgency">
          <Switch
            size="small"
            checked={onlyOpen}
            aria-label={t("count.only_open")}
            onChange={(next) => change({ open: next ? "1" : undefined })}
          />
          {t("count.only_open")}
        </span>
      </div>
      <DataTable
        isInDrawer
        label={t("count.lines")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.sku_id} ${row.lot}`}
        empty={t("count.none_lines")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{row.sku_name}</span>
              {row.verdict ? <VerdictTag of={row.verdict} /> : <span className="quiet">–</span>}
            </div>
            <div className="phone-row figures">
              <span className="quiet">
                {t("count.book")} {row.book_text || "–"}
              </span>
              <span>
                {t("count.counted")} <strong>{row.counted_text || "–"}</strong>
              </span>
            </div>
          </>
        )}
      />
    </section>
  );
}

function History({ of: count }: { of: CountOut }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const { data } = useCountHistory(count.id);
  const items: Happening[] = (data ?? [])
    .map((event, index) => {
      const name = event.type.split(".").at(-1);
      const known = EVENTS.find((one) => one === name);
      const rows = Number(event.payload.lines ?? 0);
      return {
        key: index,
        tone: known === "posted" ? ("good" as const) : ("note" as const),
        title: t(`count.history_event.${known ?? "other"}`, { count: rows }),
        when: format.instant(event.at),
      };
    })
    .reverse();
  return (
    <Card title={t("count.history")}>
      <Timeline items={items} />
    </Card>
  );
}

/** How it is counted: blind or open, frozen, by lot. */
const wayText = (t: TFunction<"inventory">, count: CountOut): string =>
  [
    t(count.is_blind ? "count.blind" : "count.sighted"),
    count.freezes && t("count.freezes"),
    count.by_lot && t("count.by_lot"),
  ]
    .filter(Boolean)
    .join(" · ");

/** What was written when it was planned and when it was decided. */
function Remarks({ of: count }: { of: CountOut }) {
  const remarks = [count.note, count.decision_note].filter(Boolean);
  if (remarks.length === 0) return null;
  return <p className="quiet">{remarks.join(" · ")}</p>;
}

/** One stock-take: how far it is, its lines, its story. */
export function CountDocument({ of: count, keeper }: { of: CountOut; keeper: Keeper }) {
  const { t } = useTranslation("inventory");
  const verdicts = (["AGREES", "DIFFERS", "DISPUTED", "MOVED", "UNCOUNTED"] as const).filter(
    (verdict) => count.verdicts[verdict],
  );
  return (
    <div className="document">
      <div className="stack">
        <dl className="key-figures card">
          <div>
            <dt>{t("count.scope")}</dt>
            <dd className="key-text">
              {count.warehouse_name} · {scopeText(t, count)}
            </dd>
          </div>
          <div>
            <dt>{t("count.way")}</dt>
            <dd className="key-text">{wayText(t, count)}</dd>
          </div>
          <div>
            <dt>{t("count.rounds")}</dt>
            <dd className="figures">{count.round}</dd>
          </div>
          <div>
            <dt>{t("count.progress")}</dt>
            <dd className="figures">{number(count.line_count)}</dd>
          </div>
          {verdicts.map((verdict) => (
            <div key={verdict}>
              <dt>{t(`count.verdicts.${verdict}`)}</dt>
              <dd className="figures">{number(count.verdicts[verdict] ?? 0)}</dd>
            </div>
          ))}
        </dl>
        <Remarks of={count} />
        {count.state !== "PLANNED" && <Lines of={count} />}
      </div>
      <div className="stack">
        <History of={count} />
        <Attachments
          subjectType="stock_count"
          subjectId={count.id}
          mayWrite={keeper.mayAttach}
          userId={keeper.userId}
        />
        <Comments subjectType="stock_count" subjectId={count.id} isStaff={keeper.isStaff} />
      </div>
    </div>
  );
}
