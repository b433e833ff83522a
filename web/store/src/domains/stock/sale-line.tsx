import { compare } from "@shared/decimal";
import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import { useListStock } from "@/gen/inventory/inventory";
import { Card } from "@/ui/card";
import { Field } from "@/ui/field";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { AmountField } from "./amount-field";
import { amountOf, isPrice, type SaleLine } from "./selling";
import "./stock-row.scss";

interface Props {
  of: SaleLine;
  warehouseId: number;
  isBack: boolean;
  currency: string;
  /** Why the quantity was refused. */
  problem?: string;
  priceProblem?: string;
  onChange: (line: SaleLine) => void;
  onRemove: () => void;
}

/** One of the goods being sold: how many, for how much, and what lies on the shelf. */
export function SaleLineCard({ of: line, problem, priceProblem, ...props }: Props) {
  const { t } = useTranslation("store-stock");
  const { goods } = line;
  const { warehouseId, isBack, currency, onChange, onRemove } = props;
  const stock = useListStock({ sku_id: goods.sku_id, warehouse_id: warehouseId, limit: 1 });
  const row = stock.data?.items[0];
  const isTooMuch = !isBack && stock.data && compare(line.units || "0", row?.available ?? "0") > 0;
  const amount = amountOf(line);
  return (
    <Card
      title={goods.name}
      aside={
        <Tap className="sheet-close" aria-label={t("sell.remove", { name: goods.name })} onClick={onRemove}>
          <Icon name="close" />
        </Tap>
      }
    >
      <AmountField
        label={`${goods.name} ${t("sell.quantity")}`}
        value={line.units}
        units={goods.units}
        baseUnit={goods.base_unit}
        isWhole={goods.is_whole}
        problem={isTooMuch ? t("sell.too_much") : problem}
        onChange={(units) => onChange({ ...line, units })}
      />
      {stock.data && (
        <p className="soft sale-stock" role="status">
          {t("sell.in_stock", { quantity: row?.available_text ?? `0${goods.base_unit}` })}
        </p>
      )}
      <Field
        label={t("sell.price", { unit: goods.base_unit })}
        value={line.price}
        problem={isPrice(line.price) ? priceProblem : t("sell.price_bad")}
        onChange={(price) => onChange({ ...line, price: price.trim() })}
      />
      {amount !== null && <p>{t("sell.amount", { amount: money(amount, currency) })}</p>}
    </Card>
  );
}
