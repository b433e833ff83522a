import { money } from "@shared/money";
import { useQueryClient } from "@tanstack/react-query";
import Taro, { useDidHide, useDidShow } from "@tarojs/taro";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { editedCart, lackingIn, submitOf, typedIn } from "@/domains/cart/draft";
import { LineProblem } from "@/domains/cart/line-problem";
import { byGoods, hindranceOf, problemsOf, skusIn } from "@/domains/cart/lines";
import { News } from "@/domains/cart/news";
import { OrderForm } from "@/domains/cart/order-form";
import { Totals } from "@/domains/cart/totals";
import { CART_KEY, useCart, useEdits, useMayOrder } from "@/domains/cart/use-cart";
import { dropDraft, useDraft } from "@/domains/cart/use-draft";
import { EntryCard } from "@/domains/offline/entry-card";
import { keepOrderPhotos, sendOrderPhotos } from "@/domains/offline/photos";
import { submitOrder, useOutbox, useWaitingOrder } from "@/domains/offline/use-outbox";
import type { CartOut } from "@/gen/model";
import { PAGES, toTab } from "@/navigation";
import { lookAtFaulty } from "@/platform/faulty";
import type { Photo } from "@/platform/photo";
import { useSession } from "@/session";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { Answered, Empty } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { useReasons } from "@/ui/use-reasons";
import "@/domains/cart/cart-bar.scss";
import "./index.scss";

/** The rest of the order, and the one button that places it, once however often it is pressed. */
export default function CheckoutPage() {
  const { t } = useTranslation("store-cart");
  const cart = useCart();
  const order = useOrder();
  // An order that waited went out: the cart kept here is that order, until the server names the next one.
  const [ordered] = useState(useOrderedCarts());
  // Once ordered the cart is a new one: until the next page is there, what was ordered stays to be seen. The new one
  // may be here before the order's own answer, which was lost on the way.
  const shown = useRef<CartOut>(undefined);
  const isUnderWay = useIsUnderWay(shown.current?.id, ordered);
  if (!order.isBusy && !isUnderWay) shown.current = cart.data;
  const isGone = shown.current !== undefined && ordered.has(shown.current.id);
  const session = useSession();
  const mayOrder = useMayOrder();
  if (session && !mayOrder)
    return (
      <Page title={t("checkout.title")}>
        <Empty icon="lock" text={t("forbidden")} />
      </Page>
    );
  if (!shown.current || (isGone && cart.isFetching))
    return (
      <Page title={t("checkout.title")}>
        <Answered of={isGone ? { ...cart, data: undefined, isPending: true } : cart}>{() => null}</Answered>
      </Page>
    );
  if (isGone || shown.current.lines.length === 0)
    return (
      <Page title={t("checkout.title")}>
        <Empty icon="cart" text={t("empty")}>
          <Action onClick={() => void toTab("find")}>{t("to_find")}</Action>
        </Empty>
      </Page>
    );
  return <Checkout key={shown.current.id} of={shown.current} order={order} />;
}

function Checkout({ of: cart, order }: { of: CartOut; order: Ordering }) {
  const { t } = useTranslation("store-cart");
  const { draft, addresses, change } = useDraft(cart.id, cart.buyer_id);
  const [photos, setPhotos] = useState<Photo[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const { state } = useEdits();
  const today = useFormat().today();
  const waiting = useWaitingOrder(cart.id);
  // What goes out for this cart may have been pressed in another tab.
  const sent = useRef(draft.id);
  if (waiting) sent.current = waiting.id;
  useSent(sent.current, cart.id, order.isBusy);
  const lacking = lackingIn(draft, today);
  const isMoving = state.isSending || state.wanted.size > 0;
  const why = hindranceOf(cart, false);
  const isDecided = waiting && waiting.state !== "refused" && !order.isBusy;
  const refused = useReasons(waiting?.problem ?? order.error, typedIn(draft));
  const press = () => {
    setIsAsked(true);
    change({}); // kept with its id, should this page be closed now
    if (lacking) lookAtFaulty();
    else void order.place(cart, draft.id, submitOf(draft, addresses), photos);
  };
  const footer = !isDecided && (
    <>
      {(why || (isAsked && lacking)) && (
        <p className="checkout-why" role="status">
          {why ? t(`hindrance.${why}`) : t(`form.${lacking === "street" ? "street_missing" : "past"}`)}
        </p>
      )}
      <div className="cart-bar">
        <span className="cart-bar-sum">
          <span className="cart-bar-count">{t("bar.goods", { count: skusIn(cart.lines) })}</span>
          <span className="cart-bar-amount">{money(cart.gross_amount, cart.currency)}</span>
        </span>
        <Action isBusy={order.isBusy} isDisabled={why !== null} onClick={press}>
          {t("checkout.submit")}
        </Action>
      </div>
    </>
  );
  return (
    <Page title={t("checkout.title")} footer={footer}>
      {waiting && !order.isBusy && (
        <ul>
          <EntryCard of={waiting} problem={waiting.problem && refused.rest} />
        </ul>
      )}
      {!waiting?.problem && refused.rest && <Refused error={refused.rest} />}
      {!isDecided && (
        <>
          <News of={cart} />
          <Goods of={cart} />
          <OrderForm
            of={cart}
            draft={draft}
            addresses={addresses}
            today={today}
            lacking={isAsked ? lacking : null}
            reasonOf={refused.reasonOf}
            photos={photos}
            onPhotos={setPhotos}
            onChange={change}
          />
          <Totals of={cart} isMoving={isMoving} />
        </>
      )}
    </Page>
  );
}

/** Places the order: what is still typed first, then the order itself, then its pictures. */
function useOrder() {
  const queries = useQueryClient();
  const { edits } = useEdits();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isPressed = useRef(false);
  const place = async (
    cart: CartOut,
    id: string,
    rest: ReturnType<typeof submitOf>,
    photos: readonly Photo[],
  ) => {
    if (isPressed.current) return;
    isPressed.current = true;
    setIsBusy(true);
    setError(null);
    try {
      await edits.flush();
      const shown = queries.getQueryData<CartOut>(CART_KEY) ?? cart;
      const edited = editedCart(shown, edits.current().wanted, () => "");
      await keepOrderPhotos(id, photos); // the order may go out when this page is long gone
      const entry = await submitOrder({ id, cart: shown, draft: rest, edited });
      if (entry.state === "done") {
        dropDraft(cart.id);
        edits.forget();
        const unsent = await sendOrderPhotos(entry.id);
        await Taro.redirectTo({ url: `${PAGES.submitted}?id=${entry.id}&unsent=${unsent}` });
        void queries.invalidateQueries({ queryKey: CART_KEY });
        return; // stays pressed: this order is placed
      }
      // Prices or stock moved: the lines say so.
      if (entry.state === "refused") void queries.invalidateQueries({ queryKey: CART_KEY });
    } catch (refusal) {
      setError(refusal);
    }
    isPressed.current = false;
    setIsBusy(false);
  };
  return { place, isBusy, error };
}
type Ordering = ReturnType<typeof useOrder>;

/** The carts that became orders on this device within the last day. */
function useOrderedCarts(): ReadonlySet<string> {
  const done = useOutbox().filter((entry) => entry.state === "done");
  return new Set(done.flatMap((entry) => ("cartId" in entry.wish ? [entry.wish.cartId] : [])));
}

/** This cart was pressed on this page and is not refused: it waits, asks, or went out a moment ago. */
function useIsUnderWay(cartId: string | undefined, before: ReadonlySet<string>): boolean {
  const own = useOutbox().filter((entry) => "cartId" in entry.wish && entry.wish.cartId === cartId);
  return cartId !== undefined && !before.has(cartId) && own.some((entry) => entry.state !== "refused");
}

/** An order that waited went out, or was agreed to: on to where it is told, unless one reads something else by now. */
function useSent(id: string, cartId: string, isBusy: boolean): void {
  const isDone = useOutbox().some((entry) => entry.id === id && entry.state === "done");
  const [isInFront, setInFront] = useState(true);
  useDidShow(() => setInFront(true));
  useDidHide(() => setInFront(false));
  useEffect(() => {
    if (!isDone || isBusy) return;
    dropDraft(cartId);
    if (isInFront) void Taro.redirectTo({ url: `${PAGES.submitted}?id=${id}` });
  }, [isDone, isBusy, isInFront, id, cartId]);
}

/** The goods once more, short; what is wrong with one, and the way to where it is changed. */
function Goods({ of: cart }: { of: CartOut }) {
  const { t } = useTranslation("store-cart");
  return (
    <Card title={t("checkout.goods")}>
      <ul>
        {byGoods(cart.lines).map(({ skuId, lines }) => (
          <li key={skuId}>
            <div className="checkout-goods">
              <span className="checkout-name">{lines[0].sku_name}</span>
              <span className="checkout-count">
                {lines.map((line) => `${Number(line.quantity)}${line.unit}`).join("")}
              </span>
            </div>
            {problemsOf(lines).map((problem) => (
              <LineProblem key={problem.code} of={problem} isShort />
            ))}
          </li>
        ))}
      </ul>
      {problemsOf(cart.lines).length > 0 && (
        <div className="checkout-change">
          <Action kind="plain" isWide onClick={() => void toTab("cart")}>
            {t("checkout.change")}
          </Action>
        </div>
      )}
    </Card>
  );
}
