import { money, unitPrice } from "@shared/money";
import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import type { OfferOut } from "@/gen/model";
import { isSet } from "./entry";
import { priceIn } from "./price";
import "./prices.scss";

/** The buyer's own price in the unit the goods are ordered in, and what that comes to in the smallest. */
export function Prices({ of: offer }: { of: OfferOut }) {
  const { t } = useTranslation("store-find");
  if (offer.unit_price === null) return <span className="prices-none">{t("price.none")}</span>;
  const factor = (unit: string) => offer.units.find((one) => one.unit === unit);
  const small =
    offer.unit === offer.base_unit
      ? null
      : priceIn(offer.unit_price, factor(offer.unit), factor(offer.base_unit), offer.currency);
  return (
    <span className="prices">
      <span className="prices-main">
        {unitPrice(offer.unit_price, offer.currency)}
        <span className="prices-unit">/{offer.unit}</span>
      </span>
      {small !== null && (
        <span className="prices-small">
          {t("price.small", { price: money(small, offer.currency), unit: offer.base_unit })}
        </span>
      )}
    </span>
  );
}

/** From how many, in which steps and up to how many; said before anything is typed. */
export function Limits({ of: offer }: { of: OfferOut }) {
  const { t } = useTranslation("store-find");
  const said = (base: string) => quantity(base, offer.units, offer.base_unit);
  const rules = [
    isSet(offer.minimum) && t("limit.minimum", { quantity: said(offer.minimum) }),
    isSet(offer.multiple) && t("limit.multiple", { quantity: said(offer.multiple) }),
    ...offer.units.map(
      ({ unit, step }) =>
        isSet(step) && step !== "1" && t("limit.step", { unit, quantity: `${step}${unit}` }),
    ),
    isSet(offer.order_limit) && t("limit.most", { quantity: said(offer.order_limit) }),
  ].filter(Boolean);
  return rules.length ? <span className="limits">{rules.join(" · ")}</span> : null;
}
