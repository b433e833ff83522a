import { useDidShow } from "@tarojs/taro";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CartFoot } from "@/domains/cart/cart-foot";
import { CartGoods, type Removed } from "@/domains/cart/cart-goods";
import { byGoods } from "@/domains/cart/lines";
import { News } from "@/domains/cart/news";
import { Totals } from "@/domains/cart/totals";
import { Undo } from "@/domains/cart/undo";
import { useCart, useEdits, useFreshCart, useMayOrder } from "@/domains/cart/use-cart";
import { isSet, type WantedLine } from "@/domains/goods/entry";
import { WhySheet } from "@/domains/goods/why-sheet";
import type { CartLineOut, CartOut } from "@/gen/model";
import { open, toTab } from "@/navigation";
import { useSession } from "@/session";
import { Action } from "@/ui/action";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import "./index.scss";

const AGAIN_MS = 45_000;

/** What is about to be ordered: shared by every device and colleague, priced anew after each change. */
export default function CartPage() {
  const { t } = useTranslation(["store-cart", "store-find"]);
  const session = useSession();
  const mayOrder = useMayOrder();
  const cart = useCart(AGAIN_MS);
  const refresh = useFreshCart();
  useDidShow(refresh);
  if (session && !mayOrder)
    return (
      <Page title={t("title")} tab="cart">
        <Empty icon="lock" text={t("forbidden")}>
          <Action kind="plain" onClick={() => void toTab("orders")}>
            {t("to_orders")}
          </Action>
        </Empty>
      </Page>
    );
  const aside = (
    <Tap className="cart-quick" onClick={() => void open("quickOrder")}>
      {t("store-find:quick.open")}
    </Tap>
  );
  const foot = cart.data && cart.data.lines.length > 0 && <CartFoot of={cart.data} />;
  return (
    <Page title={t("title")} tab="cart" aside={aside} footer={foot}>
      <Answered of={cart} rows={4}>
        {(found) => <Filled of={found} />}
      </Answered>
    </Page>
  );
}

function Filled({ of: cart }: { of: CartOut }) {
  const { t } = useTranslation("store-cart");
  const { state } = useEdits();
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [why, setWhy] = useState<{ skuId: number; line: WantedLine } | null>(null);
  const isOver = useCallback(() => setRemoved(null), []);
  const ask = useCallback(
    (line: CartLineOut) => setWhy({ skuId: line.sku_id, line: { unit: line.unit, quantity: line.quantity } }),
    [],
  );
  const goods = useMemo(() => byGoods(cart.lines), [cart.lines]);
  const isGone = (skuId: number) => {
    const wanted = state.wanted.get(skuId);
    return wanted !== undefined && !Object.values(wanted.counts).some(isSet);
  };
  const shown = goods.filter((one) => !isGone(one.skuId));
  const isMoving = state.isSending || state.wanted.size > 0;
  return (
    <>
      <News of={cart} />
      {shown.length === 0 ? (
        <Empty icon="cart" text={t("empty")}>
          <Action onClick={() => void toTab("find")}>{t("to_find")}</Action>
        </Empty>
      ) : (
        <>
          <p className="cart-from">{t("from", { seller: cart.seller_name })}</p>
          {shown.map((one) => (
            <CartGoods key={one.skuId} of={one} currency={cart.currency} onRemoved={setRemoved} onWhy={ask} />
          ))}
          {state.error !== null && <Refused error={state.error} />}
          <Totals of={cart} isMoving={isMoving} />
        </>
      )}
      <Undo of={removed} onOver={isOver} />
      <WhySheet of={why} onClose={() => setWhy(null)} />
    </>
  );
}
