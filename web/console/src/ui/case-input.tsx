import { add, compare, multiply } from "@shared/decimal";
import { decompose, type UnitFactor } from "@shared/quantity";
import { InputNumber } from "antd";
import { useEffect, useState } from "react";

/** The units people count in, largest first, the base unit last; units that are no whole multiple are left out. */
export function countingUnits(
  units: readonly UnitFactor[],
  baseUnit: string,
): { unit: string; size: string }[] {
  const larger = units
    .filter((one) => one.unit !== baseUnit && one.numerator % one.denominator === 0)
    .map((one) => ({ unit: one.unit, size: String(one.numerator / one.denominator) }))
    .filter((one) => compare(one.size, "1") > 0)
    .sort((left, right) => compare(right.size, left.size));
  return [...larger, { unit: baseUnit, size: "1" }];
}

type Parts = Record<string, string | null>;

function partsOf(value: string | null, units: readonly UnitFactor[], baseUnit: string): Parts {
  if (value === null || value === "") return {};
  return Object.fromEntries(decompose(value, units, baseUnit).map((part) => [part.unit, part.count]));
}

interface CaseInputProps {
  /** Base units as a decimal string; null while nothing was typed. */
  value: string | null;
  units: readonly UnitFactor[];
  baseUnit: string;
  label: string;
  onChange: (value: string | null) => void;
  onEnter?: () => void;
  autoFocus?: boolean;
  size?: "large";
  mayBeNegative?: boolean;
}

/** 箱 + 瓶: one field per unit; together they are the quantity in base units. */
export function CaseInput(props: CaseInputProps) {
  const { value, units, baseUnit, label, onChange, onEnter, autoFocus, size, mayBeNegative } = props;
  const fields = countingUnits(units, baseUnit);
  const [parts, setParts] = useState<Parts>(() => partsOf(value, units, baseUnit));
  const sum = (from: Parts): string | null => {
    const typed = fields.filter((one) => from[one.unit] != null && from[one.unit] !== "");
    if (!typed.length) return null;
    return add("0", ...typed.map((one) => multiply(from[one.unit] ?? "0", one.size)));
  };
  // A value set from outside (cleared after saving, "all of it") shows; what is being typed stays as typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value from outside counts
  useEffect(() => {
    const mine = sum(parts);
    const isSame = mine === null || value === null ? mine === value : compare(mine, value) === 0;
    if (!isSame) setParts(partsOf(value, units, baseUnit));
  }, [value]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings its own box; this is one field in parts
    <span className="case-input" role="group" aria-label={label}>
      {fields.map((one, index) => (
        <InputNumber<string>
          key={one.unit}
          stringMode
          size={size}
          controls={false}
          min={mayBeNegative ? undefined : "0"}
          autoFocus={autoFocus && index === 0}
          value={parts[one.unit] ?? null}
          suffix={one.unit}
          inputMode="numeric"
          aria-label={`${label} ${one.unit}`}
          onPressEnter={onEnter}
          onChange={(next) => {
            const changed = { ...parts, [one.unit]: next };
            setParts(changed);
            onChange(sum(changed));
          }}
        />
      ))}
    </span>
  );
}
