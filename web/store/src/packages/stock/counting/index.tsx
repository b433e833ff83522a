import { isZero } from "@shared/decimal";
import { useRouter } from "@tarojs/taro";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Chosen, CountEntry } from "@/domains/stock/count-entry";
import { CountMoves } from "@/domains/stock/count-moves";
import { GoodsPick } from "@/domains/stock/goods-pick";
import {
  findGoods,
  getListCountEntriesQueryKey,
  getListCountLinesQueryKey,
  listCountEntries,
  listCountLines,
  useGetCount,
} from "@/gen/inventory/inventory";
import type { CountEntryOut, CountLineOut, CountOut, GoodsOut } from "@/gen/model";
import { Card } from "@/ui/card";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Sheet } from "@/ui/sheet";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { usePages } from "@/ui/use-pages";
import "@/domains/stock/stock-row.scss";

const PAGE = 500;

const keyOf = (row: { sku_id: number; lot: string }, byLot: boolean): string =>
  `${row.sku_id} ${byLot ? row.lot : ""}`;

function useCounted(count: CountOut) {
  const entries = usePages(getListCountEntriesQueryKey(count.id, {}), (cursor, signal) =>
    listCountEntries(count.id, { cursor, limit: PAGE }, signal),
  );
  const asked = { only_open: true };
  const lines = usePages(getListCountLinesQueryKey(count.id, asked), (cursor, signal) =>
    listCountLines(count.id, { ...asked, cursor, limit: PAGE }, signal),
  );
  const latest = new Map<string, CountEntryOut>();
  for (const entry of entries.data ?? [])
    if (entry.round === count.round) latest.set(keyOf(entry, count.by_lot), entry);
  const left = lines.data?.filter((line) => !latest.has(keyOf(line, count.by_lot)));
  return { entries, lines, left, done: [...latest.values()].reverse() };
}

function Row({
  name,
  figure,
  more,
  onPick,
}: {
  name: string;
  figure?: string;
  more: string;
  onPick: () => void;
}) {
  return (
    <li>
      <Tap className="stock-row" onClick={onPick}>
        <span className="stock-row-head">
          <span className="stock-row-name">{name}</span>
          {figure && <span className="stock-row-quantity">{figure}</span>}
        </span>
        <span className="stock-row-more">{more}</span>
      </Tap>
    </li>
  );
}

function Counting({ of: count }: { of: CountOut }) {
  const { t } = useTranslation("store-stock");
  const { entries, lines, left, done } = useCounted(count);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const close = useCallback(() => setChosen(null), []);
  const pick = useCallback((goods: GoodsOut) => setChosen({ goods, lot: "", units: "" }), []);
  const take = async (row: CountLineOut | CountEntryOut, units = "") => {
    const [goods] = await findGoods({ sku_id: [row.sku_id] }).catch(() => []);
    if (goods) setChosen({ goods, lot: row.lot, units });
  };
  const finish = () => {
    close();
    entries.refetch();
    lines.refetch();
  };
  const footer = <CountMoves of={count} left={left?.length ?? 0} />;
  return (
    <Page title={count.number} footer={footer}>
      <GoodsPick onPick={pick} />
      <p className="soft shelf-sum" role="status">
        {left?.length === 0 ? t("counting.left_none") : t("counting.left", { count: left?.length ?? 0 })} ·{" "}
        {t("counting.done", { count: done.length })}
      </p>
      <Answered of={{ ...lines, data: left }}>
        {(rows) => (
          <ul aria-label={t("counting.to_count")}>
            {rows.map((row) => (
              <Row
                key={`${row.sku_id} ${row.lot}`}
                name={row.sku_name}
                more={[row.sku_code, row.lot].filter(Boolean).join(" · ")}
                onPick={() => void take(row)}
              />
            ))}
          </ul>
        )}
      </Answered>
      {done.length > 0 && (
        <>
          <h2 className="card-title shelf-sum">{t("counting.mine")}</h2>
          <ul>
            {done.map((entry) => (
              <Row
                key={entry.id}
                name={entry.sku_name}
                figure={entry.units_text}
                more={[entry.sku_code, entry.lot, entry.counter_name].filter(Boolean).join(" · ")}
                onPick={() => void take(entry, entry.units)}
              />
            ))}
          </ul>
        </>
      )}
      <Sheet title={chosen?.goods.name ?? ""} isOpen={chosen !== null} onClose={close}>
        {chosen && (
          <CountEntry
            key={`${chosen.goods.sku_id} ${chosen.lot}`}
            count={count}
            of={chosen}
            onDone={finish}
          />
        )}
      </Sheet>
    </Page>
  );
}

/** What was counted beside what the books say, the differences first. */
function Judged({ of: count }: { of: CountOut }) {
  const { t } = useTranslation("store-stock");
  const pages = usePages(getListCountLinesQueryKey(count.id), (cursor, signal) =>
    listCountLines(count.id, { cursor, limit: PAGE }, signal),
  );
  const differs = (line: CountLineOut) => line.difference !== null && !isZero(line.difference);
  const needsMe = count.state === "REVIEW" && !count.allowed_actions.includes("approve");
  return (
    <Page
      title={count.number}
      footer={count.allowed_actions.length > 0 ? <CountMoves of={count} left={0} /> : undefined}
    >
      <Card
        title={t(`counts.state.${count.state}`)}
        aside={<span>{t("counts.round", { round: count.round })}</span>}
      >
        <p className="soft">{count.note || count.warehouse_name}</p>
        {needsMe && <p className="soft">{t("counting.wait_owner")}</p>}
        {count.decision_note && <p className="soft">{count.decision_note}</p>}
      </Card>
      <Answered of={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty text={t("counting.lines_none")} />
          ) : (
            <ul aria-label={t("counting.differences")}>
              {[...rows]
                .sort((one, other) => Number(differs(other)) - Number(differs(one)))
                .map((line) => (
                  <li key={`${line.sku_id} ${line.lot}`} className="stock-row">
                    <span className="stock-row-head">
                      <span className="stock-row-name">{line.sku_name}</span>
                      <span className={differs(line) ? "stock-row-quantity mark-bad" : "soft"}>
                        {line.counted === null
                          ? t("counting.uncounted")
                          : differs(line)
                            ? t("counting.differs", { difference: line.difference_text })
                            : t("counting.fits")}
                      </span>
                    </span>
                    <span className="stock-row-more">
                      {line.counted !== null && (
                        <span>{t("counting.counted", { quantity: line.counted_text })}</span>
                      )}
                      {line.book !== null && <span>{t("counting.book", { quantity: line.book_text })}</span>}
                      {line.lot && <span>{line.lot}</span>}
                    </span>
                  </li>
                ))}
            </ul>
          )
        }
      </Answered>
      <More of={pages} />
    </Page>
  );
}

export default function CountingPage() {
  const { t } = useTranslation("store-stock");
  const { id = "" } = useRouter().params;
  const count = useGetCount(id);
  if (count.data)
    return count.data.allowed_actions.includes("count") ? (
      <Counting of={count.data} />
    ) : (
      <Judged of={count.data} />
    );
  return (
    <Page title={t("counting.title")}>
      <Answered of={count}>{() => null}</Answered>
    </Page>
  );
}
