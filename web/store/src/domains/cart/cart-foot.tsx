import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { CartOut } from "@/gen/model";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { hindranceOf, skusIn } from "./lines";
import { useEdits } from "./use-cart";
import "./cart-bar.scss";

/** The sum, and the one next thing: on to the order, or what stands in its way. */
export function CartFoot({ of: cart }: { of: CartOut }) {
  const { t } = useTranslation("store-cart");
  const { state, edits } = useEdits();
  const isSaving = state.isSending || state.wanted.size > 0;
  const why = hindranceOf(cart, false);
  const go = async () => {
    await edits.flush();
    await open("checkout");
  };
  return (
    <>
      {why && (
        <p className="cart-bar-why" role="status">
          {t(`hindrance.${why}`)}
        </p>
      )}
      <div className="cart-bar">
        <span className="cart-bar-sum">
          <span className="cart-bar-count">{t("bar.goods", { count: skusIn(cart.lines) })}</span>
          <span className={isSaving ? "cart-bar-amount cart-bar-moving" : "cart-bar-amount"}>
            {money(cart.gross_amount, cart.currency)}
          </span>
        </span>
        <Action isDisabled={why !== null} onClick={() => void go()}>
          {t("bar.checkout")}
        </Action>
      </div>
    </>
  );
}
