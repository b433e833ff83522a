import { unitPrice } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCart, useEdits, useMayOrder } from "@/domains/cart/use-cart";
import type { Counts } from "@/domains/goods/entry";
import { Picture } from "@/domains/goods/goods-card";
import { UnitEntry } from "@/domains/goods/unit-entry";
import type { UsualOut } from "@/gen/model";
import { useListUsualSkus } from "@/gen/shop/shop";
import { open, toTab } from "@/navigation";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Tap } from "@/ui/tap";
import { addable, rowsOf, type UsualRow, wantedOf } from "./usual-rows";
import "@/domains/goods/goods-card.scss";
import "./home.scss";

const SHOWN = 5;
const KNOWN = 20;

function Row({ of: row, onSet }: { of: UsualRow; onSet: (counts: Counts) => void }) {
  const { t } = useTranslation();
  const { offer, times } = row.of;
  return (
    <li className="usual">
      <Tap className="usual-goods" onClick={() => void open("product", { code: offer.sku_code })}>
        <Picture of={offer} />
        <span className="home-words">
          <span className="usual-name">{offer.sku_name}</span>
          <span className="soft">
            {t("home.usual_price", { price: unitPrice(offer.unit_price, offer.currency), unit: offer.unit })}
            {" · "}
            {t("home.usual_times", { count: times })}
          </span>
          {row.isIn && <span className="usual-in">{t("home.usual_in")}</span>}
        </span>
      </Tap>
      <UnitEntry
        goods={offer}
        orderUnit={offer.unit}
        name={offer.sku_name}
        counts={row.counts}
        onSet={onSet}
      />
    </li>
  );
}

/** The list with what is entered in it: drafts until they are added, the cart's own quantities from then on. */
function useUsual(usual: readonly UsualOut[]) {
  const [drafts, setDrafts] = useState<ReadonlyMap<number, Counts>>(new Map());
  const lines = useCart().data?.lines ?? [];
  const { state, edits } = useEdits();
  const rows = rowsOf(usual, lines, state.wanted, drafts);
  const toCart = ({ of }: UsualRow, counts: Counts) => edits.want(wantedOf(of, counts, lines));
  const set = (row: UsualRow, counts: Counts) => {
    if (row.isIn) toCart(row, counts);
    else setDrafts(new Map(drafts).set(row.of.offer.sku_id, counts));
  };
  return { rows, set, toCart, error: state.wanted.size > 0 ? state.error : null };
}

function List({ of: usual }: { of: readonly UsualOut[] }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const { rows, set, toCart, error } = useUsual(usual);
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  const rest = addable(shown);
  const addAll = () => {
    for (const row of rest) toCart(row, row.counts);
    say(t("home.usual_added", { count: rest.length }));
  };
  return (
    <Card title={t("home.usual")}>
      <p className="soft">{t("home.usual_note")}</p>
      <ul>
        {shown.map((row) => (
          <Row key={row.of.offer.sku_id} of={row} onSet={(counts) => set(row, counts)} />
        ))}
      </ul>
      {rows.length > shown.length && (
        <Action kind="quiet" isWide onClick={() => setIsWhole(true)}>
          {t("home.usual_more", { count: rows.length - shown.length })}
        </Action>
      )}
      {error !== null && <Refused error={error} />}
      <div className="usual-foot">
        {rest.length > 0 ? (
          <Action isWide onClick={addAll}>
            {t("home.usual_all", { count: rest.length })}
          </Action>
        ) : (
          <Action kind="plain" isWide onClick={() => void toTab("cart")}>
            {t("home.to_cart")}
          </Action>
        )}
      </div>
    </Card>
  );
}

/** What the house orders again and again, in the quantity it usually takes; nothing when there is no such list yet. */
export function Usual() {
  const mayOrder = useMayOrder();
  const { data } = useListUsualSkus({ limit: KNOWN }, { query: { enabled: mayOrder } });
  if (!mayOrder || !data?.some(({ orderable }) => orderable)) return null;
  return <List of={data} />;
}
