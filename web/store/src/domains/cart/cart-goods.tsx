import { add, compare } from "@shared/decimal";
import { money, UNKNOWN } from "@shared/money";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineOut } from "@/gen/model";
import { open } from "@/navigation";
import { Tap } from "@/ui/tap";
import { type Counts, entryOf, isSet } from "../goods/entry";
import { Picture } from "../goods/goods-card";
import { readPrice } from "../goods/price";
import { StockWords } from "../goods/stock-words";
import { UnitEntry } from "../goods/unit-entry";
import { LineProblem } from "./line-problem";
import { caseOf, entryGoods, type GoodsLines, isTold, problemsOf } from "./lines";
import { useInCart } from "./use-cart";
import "./cart-goods.scss";

export interface Removed {
  skuId: number;
  name: string;
  counts: Counts;
  /** Puts back what was taken off. */
  undo: () => void;
}

interface Props {
  of: GoodsLines;
  currency: string;
  onRemoved: (removed: Removed) => void;
  onWhy: (line: CartLineOut) => void;
}

/** Goods in the cart: how many of each unit, what they come to, what changed, and why they cannot be ordered if so. */
export const CartGoods = memo(function CartGoods({ of, currency, onRemoved, onWhy }: Props) {
  const { t } = useTranslation("store-cart");
  const [first] = of.lines;
  const goods = useMemo(() => entryGoods(first), [first]);
  const { counts, set, isWaiting } = useInCart(of.skuId, goods);
  const isBroken = entryOf(goods, counts).problem !== null;
  const change = (next: Counts) => {
    if (!Object.values(next).some(isSet))
      onRemoved({ skuId: of.skuId, name: first.sku_name, counts, undo: () => set(counts) });
    set(next);
  };
  const sum = of.lines.every((line) => line.gross_amount !== null)
    ? add("0", ...of.lines.map((line) => line.gross_amount ?? "0"))
    : null;
  return (
    <article className="cart-goods" data-sku={first.sku_code}>
      <div className="cart-goods-top">
        <Tap className="cart-goods-open" onClick={() => void open("product", { code: first.sku_code })}>
          <Picture of={first} />
          <span className="goods-words">
            <span className="goods-name">{first.sku_name}</span>
            <span className="goods-note">{first.specification}</span>
            <StockWords of={first} />
          </span>
        </Tap>
        <Tap
          className="cart-remove"
          aria-label={t("line.remove_of", { name: first.sku_name })}
          onClick={() => change({})}
        >
          {t("line.remove")}
        </Tap>
      </div>
      <UnitEntry
        goods={goods}
        orderUnit={caseOf(first)}
        name={first.sku_name}
        counts={counts}
        onSet={change}
      />
      {problemsOf(of.lines).map((problem) =>
        isTold(problem, isBroken) ? null : <LineProblem key={problem.code} of={problem} />,
      )}
      <div className="cart-goods-sum">
        <span className="cart-goods-prices">
          {of.lines.map((line) => (
            <LinePrice key={line.unit} of={line} currency={currency} onWhy={onWhy} />
          ))}
        </span>
        <span className={isWaiting ? "cart-goods-amount cart-goods-moving" : "cart-goods-amount"}>
          {sum === null ? UNKNOWN : money(sum, currency)}
        </span>
      </div>
    </article>
  );
});

/** A line's own price; what it was when somebody last looked; the way to its reasons. */
function LinePrice({
  of: line,
  currency,
  onWhy,
}: {
  of: CartLineOut;
  currency: string;
  onWhy: Props["onWhy"];
}) {
  const { t } = useTranslation(["store-cart", "store-find"]);
  if (line.unit_price === null) return null;
  const { text, isRounded } = readPrice(line.unit_price, currency);
  const before = line.change?.unit_price_before ?? null;
  const isOther = before !== null && compare(before, line.unit_price) !== 0;
  return (
    <span className="cart-price">
      <Tap
        className="cart-why"
        aria-label={`${text}/${line.unit} ${t("store-find:why.open")}`}
        onClick={() => onWhy(line)}
      >
        {isRounded ? t("store-find:price.about", { price: text, unit: line.unit }) : `${text}/${line.unit}`}
        <span className="cart-why-mark" aria-hidden="true">
          ?
        </span>
      </Tap>
      {isOther && (
        <span className={compare(line.unit_price, before) > 0 ? "cart-dearer" : "cart-cheaper"}>
          {t(compare(line.unit_price, before) > 0 ? "line.dearer" : "line.cheaper", {
            before: readPrice(before, currency).text,
          })}
        </span>
      )}
      {line.change && line.change.unit_price_before === null && (
        <span className="cart-cheaper">{t("line.again")}</span>
      )}
    </span>
  );
}
