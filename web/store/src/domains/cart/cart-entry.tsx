import { useTranslation } from "react-i18next";
import type { OfferOut } from "@/gen/model";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { isSet, stepped } from "../goods/entry";
import { UnitEntry } from "../goods/unit-entry";
import { useInCart, useMayOrder } from "./use-cart";
import "./cart-entry.scss";

/** What is in the cart of these goods, changed where it stands; one press puts the first of them in. */
export function CartEntry({ of: offer, isOpen = false }: { of: OfferOut; isOpen?: boolean }) {
  const { t } = useTranslation("store-find");
  const mayOrder = useMayOrder();
  const { counts, set } = useInCart(offer.sku_id, offer);
  if (!mayOrder || offer.unit_price === null) return null;
  const isIn = Object.values(counts).some(isSet);
  if (!isIn && !isOpen)
    return (
      <Tap
        className="cart-add"
        aria-label={t("entry.add_one", { name: offer.sku_name, unit: offer.unit })}
        onClick={() => set(stepped(offer, counts, offer.unit, 1))}
      >
        <Icon name="plus" />
        {t("entry.add")}
      </Tap>
    );
  return (
    <div className="cart-entry">
      <UnitEntry goods={offer} orderUnit={offer.unit} name={offer.sku_name} counts={counts} onSet={set} />
    </div>
  );
}
