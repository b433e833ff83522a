import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import type { OfferUnitOut, StockLevel } from "@/gen/model";
import "./stock-words.scss";

interface Shown {
  level: StockLevel | null;
  available: string | null;
  base_unit: string;
  units: OfferUnitOut[];
}

/** What the seller lets be known of its stock: a word, a figure with it, or nothing. */
export function StockWords({ of: offer }: { of: Shown }) {
  const { t } = useTranslation("store-find");
  if (!offer.level) return null;
  const figure = offer.available === null ? "" : quantity(offer.available, offer.units, offer.base_unit);
  return (
    <span className={`stock-words stock-${offer.level.toLowerCase()}`}>
      {figure && offer.level !== "NONE"
        ? t("level.figure", { level: t(`level.${offer.level}`), figure })
        : t(`level.${offer.level}`)}
    </span>
  );
}
