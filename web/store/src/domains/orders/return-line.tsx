import { isZero, multiply, parse, rescale, write } from "@shared/decimal";
import { exponentOf, money } from "@shared/money";
import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import { AmountField } from "@/domains/stock/amount-field";
import type { LineOut } from "@/gen/model";
import { baseUnitOf, unitsOf } from "./say";

/** What a part of a line cost, to the cent; the server rounds over all returns of the line together. */
export function worthOf(
  line: Pick<LineOut, "gross_amount" | "ordered">,
  units: string,
  currency: string,
): string {
  const exponent = exponentOf(currency);
  const top = parse(multiply(line.gross_amount, units || "0"));
  const below = parse(line.ordered);
  if (below.digits === 0n) return "0";
  const fine = (top.digits * 10n ** BigInt(below.scale + 6)) / below.digits;
  return write(rescale({ digits: fine, scale: top.scale + 6 }, exponent));
}

interface Props {
  of: LineOut;
  most: string;
  value: string;
  currency: string;
  seesPrices: boolean;
  onChange: (units: string) => void;
}

/** How much of one line goes back, and what was paid for it. */
export function ReturnLine({ of: line, most, value, currency, seesPrices, onChange }: Props) {
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
