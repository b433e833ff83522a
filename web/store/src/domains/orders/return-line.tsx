import { isZero } from "@shared/decimal";
import { money } from "@shared/money";
import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import { AmountField } from "@/domains/stock/amount-field";
import type { LineOut } from "@/gen/model";
import { baseUnitOf, unitsOf, worthOf } from "./say";

interface Props {
  of: LineOut;
  most: string;
  value: string;
  currency: string;
  seesPrices: boolean;
  problem?: string;
  onChange: (units: string) => void;
}

/** How much of one line goes back, and what was paid for it. */
export function ReturnLine({ of: line, most, value, currency, seesPrices, problem, onChange }: Props) {
  const { t } = useTranslation("store-follow");
  const units = unitsOf(line);
  const base = baseUnitOf(units, line.unit);
  return (
    <li className="receive-line">
      <p className="receive-line-name">{line.sku_name}</p>
      <p className="soft">{t("return.most", { quantity: quantity(most, units, base) })}</p>
      <div className="receive-field">
        <AmountField
          label={line.sku_name}
          value={value}
          units={units}
          baseUnit={base}
          most={most}
          problem={problem}
          onChange={onChange}
        />
      </div>
      {seesPrices && value !== "" && !isZero(value) && (
        <p className="soft">
          {t("return.worth", { amount: money(worthOf(line, value, currency), currency) })}
        </p>
      )}
    </li>
  );
}
