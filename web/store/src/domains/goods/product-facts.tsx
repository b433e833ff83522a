import { rate } from "@shared/money";
import { quantity } from "@shared/quantity";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OfferOut } from "@/gen/model";
import { isSet } from "./entry";
import { type PriceAt, readPrice } from "./price";
import type { Known } from "./use-goods";

interface RowProps {
  name: string;
  children: ReactNode;
}

function Row({ name, children }: RowProps) {
  return (
    <div className="product-row">
      <span className="product-key">{name}</span>
      <span className="product-value">{children}</span>
    </div>
  );
}

interface UnitPricesProps {
  of: OfferOut;
  prices: { units: PriceAt[]; breaks: PriceAt[]; currency: string } | undefined;
}

/** Every unit with its own price, and where ordering more costs less a piece. */
export function UnitPrices({ of: offer, prices }: UnitPricesProps) {
  const { t } = useTranslation("store-find");
  if (offer.unit_price === null) return null;
  const said = (price: string | null, unit: string) => {
    const { text, isRounded } = readPrice(price, offer.currency);
    return isRounded ? t("price.about", { price: text, unit }) : `${text}/${unit}`;
  };
  const priceOf = (unit: string) => {
    const found = prices?.units.find(({ line }) => line.unit === unit)?.price;
    return said(found ?? (unit === offer.unit ? offer.unit_price : null), unit);
  };
  return (
    <section className="product-card">
      <h2 className="product-title">{t("product.units")}</h2>
      {offer.units.map((one) => (
        <Row
          key={one.unit}
          name={
            one.unit === offer.base_unit
              ? `1${one.unit}`
              : t("product.unit_of", {
                  unit: one.unit,
                  quantity: `${one.numerator / one.denominator}${offer.base_unit}`,
                })
          }
        >
          {priceOf(one.unit)}
        </Row>
      ))}
      {prices && prices.breaks.length > 0 && (
        <>
          <h3 className="product-title">{t("product.breaks")}</h3>
          {prices.breaks.map(({ line, price }) => (
            <Row key={line.quantity} name={t("product.break", { quantity: `${line.quantity}${line.unit}` })}>
              {said(price, line.unit)}
            </Row>
          ))}
        </>
      )}
    </section>
  );
}

/** What the catalog says: code, barcodes, brand, tax, shelf life. */
export function AboutGoods({ of: { product, sku } }: { of: Known }) {
  const { t } = useTranslation("store-find");
  return (
    <section className="product-card">
      <h2 className="product-title">{t("product.about")}</h2>
      {product.description && <p className="product-note">{product.description}</p>}
      <Row name={t("product.code")}>{sku.code}</Row>
      {sku.units.map((one) => (
        <Row key={one.unit} name={`${t("product.barcode")}（${one.unit}）`}>
          {one.barcode || t("product.no_barcode")}
        </Row>
      ))}
      {product.brand_name && <Row name={t("product.brand")}>{product.brand_name}</Row>}
      {product.category_path && (
        <Row name={t("product.category")}>{product.category_path.split("/").join(" › ")}</Row>
      )}
      <Row name={t("product.tax")}>{rate(sku.tax_rate)}</Row>
      {sku.shelf_life_days !== null && (
        <Row name={t("product.life")}>{t("product.days", { count: sku.shelf_life_days })}</Row>
      )}
      {isSet(sku.period_limit) && sku.period_days !== null && (
        <p className="product-note">
          {t("product.period", {
            days: sku.period_days,
            quantity: quantity(sku.period_limit, sku.units, sku.base_unit),
          })}
        </p>
      )}
    </section>
  );
}
