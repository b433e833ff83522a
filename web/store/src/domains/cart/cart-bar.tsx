import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import { toTab } from "@/navigation";
import { Action } from "@/ui/action";
import { skusIn } from "./lines";
import { useCart, useEdits, useMayOrder } from "./use-cart";
import "./cart-bar.scss";

/** What is in the cart so far and the way to it, below a page where one chooses. */
export function CartBar() {
  const { t } = useTranslation("store-cart");
  const mayOrder = useMayOrder();
  const cart = useCart().data;
  const { state } = useEdits();
  if (!mayOrder) return null;
  const isMoving = state.isSending || state.wanted.size > 0;
  return (
    <div className="cart-bar">
      <span className="cart-bar-sum" aria-live="polite">
        <span className="cart-bar-count">{t("bar.count", { count: cart ? skusIn(cart.lines) : 0 })}</span>
        <span className={isMoving ? "cart-bar-amount cart-bar-moving" : "cart-bar-amount"}>
          {cart ? money(cart.gross_amount, cart.currency) : ""}
        </span>
      </span>
      <Action onClick={() => void toTab("cart")}>{t("bar.open")}</Action>
    </div>
  );
}
