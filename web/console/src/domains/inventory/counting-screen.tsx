import { quantity, type UnitFactor } from "@shared/quantity";
import { App, Button, Input } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  findGoods,
  getListCountEntriesQueryKey,
  getListCountLinesQueryKey,
  listCountEntries,
  listCountLines,
  useRecordCountEntries,
} from "@/gen/inventory/inventory";
import type { CountEntryOut, CountLineOut, CountOut, GoodsOut } from "@/gen/model";
import { CaseInput } from "@/ui/case-input";
import { GoodsField, type GoodsFieldRef } from "@/ui/goods-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useDraft } from "@/ui/use-draft";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useRefreshStock } from "./refresh";

interface Chosen {
  goods: GoodsOut;
  units: string | null;
  lot: string;
}

/** What was entered, newest first; it can be entered again to correct it. */
function Mine({
  of: mine,
  loadMore,
  onAgain,
}: {
  of: readonly CountEntryOut[];
  loadMore?: () => void;
  onAgain: (entry: CountEntryOut) => void;
}) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  return (
    <Card flush title={t("counting.mine")} extra={<span className="quiet">{mine.length}</span>}>
      {mine.length === 0 && <p className="card-note quiet">{t("counting.mine_none")}</p>}
      <ul className="phone-cards">
        {mine.map((row) => (
          <li key={row.id} className="phone-card">
            <div className="phone-row">
              <span className="cell-main">{row.sku_name}</span>
              <strong className="figures">{row.units_text}</strong>
            </div>
            <div className="phone-row quiet figures">
              <span>
                {[row.area && t("counting.area_short", { area: row.area }), row.lot]
                  .filter(Boolean)
                  .join(" · ")}{" "}
                {format.instant(row.counted_at)}
              </span>
              <Button size="small" type="link" onClick={() => onAgain(row)}>
                {t("counting.again")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {loadMore && (
        <div className="table-foot">
          <Button onClick={loadMore}>{t("card.all")}</Button>
        </div>
      )}
    </Card>
  );
}

/** Goods of the list that nobody counted yet in this round; one tap chooses them. */
function ToCount({
  count,
  entered,
  onPick,
}: {
  count: CountOut;
  entered: readonly CountEntryOut[];
  onPick: (line: CountLineOut) => void;
}) {
  const { t } = useTranslation("inventory");
  const wanted = { only_open: true };
  const pages = usePages(getListCountLinesQueryKey(count.id, wanted), (cursor, signal) =>
    listCountLines(count.id, { ...wanted, cursor, limit: 500 }, signal),
  );
  // Lines are judged when the round is closed; until then what was entered tells what is done.
  const done = new Set(entered.map((one) => `${one.sku_id} ${count.by_lot ? one.lot : ""}`));
  const left = pages.rows.filter((row) => !done.has(`${row.sku_id} ${row.lot}`));
  return (
    <Card
      flush
      title={t("counting.to_count")}
      extra={
        <span className="quiet figures">
          {left.length ? t("counting.left", { count: left.length }) : t("counting.left_none")}
        </span>
      }
    >
      <ul className="phone-cards to-count">
        {left.map((row) => (
          <li key={`${row.sku_id} ${row.lot}`}>
            <button type="button" className="phone-card to-count-row" onClick={() => onPick(row)}>
              <span className="cell-main">{row.sku_name}</span>
              <span className="quiet figures">
                {row.sku_code} {row.lot}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface CountingScreenProps {
  of: CountOut;
  userId: number;
}

/** Scan, quantity, Enter, next: one hand and a scanner, or a thumb on a phone. Of a blind count no book is shown. */
export function CountingScreen({ of: count, userId }: CountingScreenProps) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const scan = useRef<GoodsFieldRef>(null);
  const entries = usePages(getListCountEntriesQueryKey(count.id, {}), (cursor, signal) =>
    listCountEntries(count.id, { cursor, limit: 500 }, signal),
  );
  const entered = entries.rows.filter((row) => row.round === count.round);
  const mine = entered.filter((row) => row.counter_id === userId).reverse();
  const [area, setArea] = useDraft(`count area ${count.id}`, "");
  const [chosen, setChosen] = useDraft<Chosen | null>(`counting ${count.id}`, null);
  const [turn, setTurn] = useState(0);
  const record = useRecordCountEntries({
    mutation: {
      onSuccess: () => {
        if (chosen) {
          const { goods, units } = chosen;
          const said = quantity(units, goods.units as UnitFactor[], goods.base_unit);
          void message.success(t("counting.saved", { name: goods.name, quantity: said }));
        }
        setChosen(null);
        refresh();
        scan.current?.focus();
      },
    },
  });
  const choose = (goods: GoodsOut, lot = "", units: string | null = null) => {
    setTurn((before) => before + 1);
    setChosen({ goods, units, lot });
  };
  const pick = async (skuId: number, lot: string, units: string | null = null) => {
    const [goods] = await findGoods({ sku_id: [skuId] });
    if (goods) choose(goods, lot, units);
  };
  const lacksLot = count.by_lot && chosen !== null && chosen.lot.trim() === "";
  const save = (units = chosen?.units ?? null) => {
    if (!chosen || units === null || lacksLot) return;
    setChosen({ ...chosen, units });
    record.mutate({
      countId: count.id,
      data: { rows: [{ sku_code: chosen.goods.code, units, lot: chosen.lot, area }] },
    });
  };
  return (
    <div className="stack receive">
      <section className="count-bar" aria-label={t("count.do_count")}>
        <div className="count-row">
          <GoodsField
            inputRef={scan}
            autoFocus
            size="large"
            label={t("counting.scan")}
            onPick={(goods) => choose(goods)}
          />
          <label className="field">
            <span>{t("counting.area")}</span>
            <Input
              value={area}
              maxLength={60}
              placeholder={t("counting.area_hint")}
              onChange={(event) => setArea(event.target.value)}
            />
          </label>
        </div>
        {chosen && (
          <div className="count-chosen" key={turn}>
            <span className="cell-two">
              <strong>{chosen.goods.name}</strong>
              <span className="quiet figures">
                {chosen.goods.code} {chosen.goods.specification}
              </span>
            </span>
            {count.by_lot && (
              <label className="field">
                <span>{t("counting.lot")}</span>
                <Input
                  value={chosen.lot}
                  maxLength={60}
                  status={lacksLot ? "warning" : undefined}
                  placeholder={t("counting.lot_needed")}
                  onChange={(event) => setChosen({ ...chosen, lot: event.target.value })}
                />
              </label>
            )}
            <CaseInput
              autoFocus
              size="large"
              value={chosen.units}
              units={chosen.goods.units as UnitFactor[]}
              baseUnit={chosen.goods.base_unit}
              label={t("counting.quantity")}
              onChange={(units) => setChosen({ ...chosen, units })}
              onEnter={() => save()}
            />
            <span className="bulk-actions">
              <Button size="large" disabled={lacksLot} onClick={() => save("0")}>
                {t("counting.zero")}
              </Button>
              <Button
                type="primary"
                size="large"
                disabled={chosen.units === null || lacksLot}
                loading={record.isPending}
                onClick={() => save()}
              >
                {t("counting.save")}
              </Button>
            </span>
          </div>
        )}
        <Refusal of={record.error} />
      </section>
      <Mine
        of={mine}
        loadMore={entries.loadMore}
        onAgain={(row) => void pick(row.sku_id, row.lot, row.units)}
      />
      <ToCount count={count} entered={entered} onPick={(row) => void pick(row.sku_id, row.lot)} />
    </div>
  );
}
