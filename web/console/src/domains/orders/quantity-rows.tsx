import { compare } from "@shared/decimal";
import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { LineOut } from "@/gen/model";
import { lineQuantity } from "./order-lines";

export interface QuantityRow {
  line: LineOut;
  /** The most that makes sense, in base units. */
  most: string;
}

interface QuantityRowsProps {
  rows: readonly QuantityRow[];
  mostLabel: string;
  values: Readonly<Record<number, string>>;
  onChange: (lineNo: number, value: string) => void;
}

const baseUnit = (line: LineOut): string => (line.units as { unit: string }[]).at(-1)?.unit ?? line.unit;

/** One quantity per line in base units, with what it is in cases beside it. */
export function QuantityRows({ rows, mostLabel, values, onChange }: QuantityRowsProps) {
  const { t } = useTranslation("orders");
  return (
    <ul className="quantity-rows">
      {rows.map(({ line, most }) => {
        const value = values[line.line_no] ?? most;
        return (
          <li key={line.line_no}>
            <span className="cell-two">
              <span className="cell-main">{line.sku_name}</span>
              <span className="quiet figures">
                {mostLabel} {lineQuantity(line, most)}
                {compare(value || "0", most) !== 0 &&
                  ` · ${t("quantity.now", { quantity: lineQuantity(line, value || "0") })}`}
              </span>
            </span>
            <InputNumber<string>
              stringMode
              min="0"
              value={value}
              aria-label={line.sku_name}
              suffix={baseUnit(line)}
              onChange={(next) => onChange(line.line_no, next ?? "0")}
            />
          </li>
        );
      })}
    </ul>
  );
}
