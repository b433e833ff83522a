import { money } from "@shared/money";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useReader } from "@/domains/orders/reader";
import { FILTERS, type Filter, isNamed, isShown, worthOf } from "@/domains/stock/shelf";
import { StockRow } from "@/domains/stock/stock-row";
import { useBuyingPrices, useShelf } from "@/domains/stock/use-shelf";
import { findGoods } from "@/gen/inventory/inventory";
import type { StockOut } from "@/gen/model";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Chips } from "@/ui/chips";
import { LongList } from "@/ui/long-list";
import { Page } from "@/ui/page";
import { say } from "@/ui/said";
import { SearchBox } from "@/ui/search-box";
import { Answered, Empty } from "@/ui/states";
import "@/ui/card.scss";

const keyOf = (row: StockOut): string => `${row.sku_id} ${row.lot}`;
const drawn = (row: StockOut) => <StockRow of={row} />;

function Worth({ of: rows }: { of: readonly StockOut[] }) {
  const { t } = useTranslation("store-stock");
  const prices = useBuyingPrices();
  const worth = useMemo(() => prices && worthOf(rows, (sku) => prices.bySku[sku] ?? null), [rows, prices]);
  return (
    <p className="soft shelf-sum">
      {t("shelf.kinds", { count: rows.length })}
      {worth &&
        prices &&
        ` · ${t(worth.unknown ? "shelf.value_part" : "shelf.value", {
          amount: money(worth.amount, prices.currency),
          count: worth.unknown,
        })}`}
    </p>
  );
}

function Rows({ of: rows, filter, text }: { of: readonly StockOut[]; filter: Filter; text: string }) {
  const { t } = useTranslation("store-stock");
  const shown = useMemo(
    () =>
      rows.filter(
        (row) => (filter === "expiring" || isShown(row, filter)) && (text === "" || isNamed(row, text)),
      ),
    [rows, filter, text],
  );
  const none = text
    ? "shelf.none_found"
    : filter === "all"
      ? "shelf.none"
      : (`shelf.none_${filter}` as const);
  if (shown.length === 0) return <Empty text={t(none)} />;
  return (
    <>
      <Worth of={shown} />
      <LongList rows={shown} rowKey={keyOf}>
        {drawn}
      </LongList>
    </>
  );
}

/** What I have: searched, scanned, narrowed to what needs somebody. */
export default function ShelfPage() {
  const { t } = useTranslation("store-stock");
  const reader = useReader();
  const [filter, setFilter] = useState<Filter>("all");
  const [text, setText] = useState("");
  const { goods, lots } = useShelf(filter === "expiring");
  const scan = async (code: string) => {
    const [found] = await findGoods({ text: code, limit: 1 }).catch(() => []);
    if (found) await open("stockCard", { sku: String(found.sku_id) });
    else say(t("pick.none", { text: code }));
  };
  const footer = (
    <div className="two-actions">
      <Action kind="plain" onClick={() => void open("sales")}>
        {t("shelf.sales")}
      </Action>
      {reader?.mayWriteStock && (
        <Action kind="plain" onClick={() => void open("counts")}>
          {t("shelf.count")}
        </Action>
      )}
      {reader?.maySell && <Action onClick={() => void open("sell")}>{t("shelf.sell")}</Action>}
    </div>
  );
  return (
    <Page title={t("shelf.title")} footer={footer}>
      <SearchBox
        label={t("shelf.search")}
        hint={t("shelf.search")}
        value={text}
        onChange={setText}
        scan={{ label: t("shelf.scan"), onCode: (code) => void scan(code) }}
      />
      <Chips
        label={t("shelf.filter")}
        value={filter}
        options={FILTERS.map((value) => ({ value, label: t(`shelf.${value}`) }))}
        onChange={setFilter}
      />
      <Answered of={filter === "expiring" ? lots : goods} rows={5}>
        {(rows) => <Rows of={rows} filter={filter} text={text.trim()} />}
      </Answered>
    </Page>
  );
}
