import type { UnitFactor } from "@shared/quantity";
import type { LineOut } from "@/gen/model";
import { CaseInput } from "@/ui/case-input";
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

/** One quantity per line in cases and single units. */
export function QuantityRows({ rows, mostLabel, values, onChange }: QuantityRowsProps) {
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
              </span>
            </span>
            <CaseInput
              value={value}
              units={line.units as unknown as UnitFactor[]}
              baseUnit={baseUnit(line)}
              label={line.sku_name}
              onChange={(next) => onChange(line.line_no, next ?? "0")}
            />
          </li>
        );
      })}
    </ul>
  );
}
