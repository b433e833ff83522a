import { compare, isZero } from "@shared/decimal";
import { money } from "@shared/money";
import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import { readPrice } from "@/domains/goods/price";
import type { LineOut, OrderOut } from "@/gen/model";
import { Card, Facts } from "@/ui/card";
import { baseUnitOf, unitsOf } from "./say";
import "./order-lines.scss";

function Line({ of: line, currency, seesPrices }: { of: LineOut; currency: string; seesPrices: boolean }) {
  const { t } = useTranslation("store-follow");
  const units = unitsOf(line);
  const inCases = (value: string) => quantity(value, units, baseUnitOf(units, line.unit));
  const isPart = (value: string) => !isZero(value) && compare(value, line.ordered) !== 0;
  const parts = [
    isPart(line.shipped) && t("line.shipped", { quantity: inCases(line.shipped) }),
    isPart(line.received) && t("line.received", { quantity: inCases(line.received) }),
    !isZero(line.backordered) && t("line.short", { quantity: inCases(line.backordered) }),
    !isZero(line.cancelled) && t("line.cancelled", { quantity: inCases(line.cancelled) }),
    !isZero(line.returned) && t("line.returned", { quantity: inCases(line.returned) }),
  ].filter(Boolean);
  const isGift = line.kind === "GIFT";
  const price = readPrice(line.unit_price, currency);
  return (
    <li className="order-line">
      <p className="order-line-name">{line.sku_name}</p>
      <div className="order-line-figures">
        <span className="order-line-quantity">{inCases(line.ordered)}</span>
        {seesPrices && (
          <>
            <span className="order-line-price">
              {isGift
                ? t("order.gift")
                : t(price.isRounded ? "line.price_about" : "line.price", {
                    price: price.text,
                    unit: line.unit,
                  })}
            </span>
            <span className="order-line-amount">{money(line.gross_amount, currency)}</span>
          </>
        )}
      </div>
      {parts.length > 0 && (
        <p className="soft order-line-parts">
          {parts.map((part) => (
            <span key={String(part)} className="whole">
              {part}
            </span>
          ))}
        </p>
      )}
    </li>
  );
}

/** From this many lines on the sum is out of sight below them: it stands above, too. */
const SUM_BELOW = 5;

/** The goods of an order with what became of them, and the sums. */
export function OrderLines({ of: order, seesPrices }: { of: OrderOut; seesPrices: boolean }) {
  const { t } = useTranslation("store-follow");
  const amount = (value: string) => money(value, order.currency);
  return (
    <Card
      title={t("order.goods")}
      aside={
        <span className="soft">
          {t("list.lines", { count: order.line_count })}
          {seesPrices && order.lines.length > SUM_BELOW && (
            <span className="whole order-sum-above">{amount(order.gross_amount)}</span>
          )}
        </span>
      }
    >
      <ul>
        {order.lines.map((line) => (
          <Line key={line.line_no} of={line} currency={order.currency} seesPrices={seesPrices} />
        ))}
      </ul>
      {seesPrices && (
        <div className="order-sums">
          <Facts
            of={[
              [t("order.net"), amount(order.net_amount)],
              [t("order.tax"), amount(order.tax_amount)],
              [
                t("order.total"),
                <span key="sum" className="order-total">
                  {amount(order.gross_amount)}
                </span>,
              ],
            ]}
          />
        </div>
      )}
    </Card>
  );
}
