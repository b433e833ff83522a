import { InputNumber, Select } from "antd";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";

interface QuantityFieldProps {
  label: string;
  quantity: string | null;
  unit: string;
  units: readonly string[];
  onQuantity: (quantity: string | null) => void;
  onUnit: (unit: string) => void;
  onEnter?: () => void;
  onBlur?: () => void;
  inputRef?: RefObject<HTMLInputElement | null>;
  hasProblem?: boolean;
}

/** How many in which unit: 3 箱, 5 瓶. */
export function QuantityField(props: QuantityFieldProps) {
  const { label, quantity, unit, units, onQuantity, onUnit, onEnter, onBlur, inputRef, hasProblem } = props;
  const { t } = useTranslation("carts");
  return (
    <span className="quantity-field">
      <InputNumber<string>
        ref={inputRef as never}
        stringMode
        min="0"
        inputMode="decimal"
        value={quantity}
        status={hasProblem ? "error" : undefined}
        suffix={units.length > 1 ? undefined : unit}
        aria-label={label}
        onChange={(next) => onQuantity(next)}
        onPressEnter={onEnter}
        onBlur={onBlur}
      />
      {units.length > 1 && (
        <Select<string>
          value={unit}
          aria-label={t("entry.unit_of", { label })}
          options={units.map((one) => ({ value: one, label: one }))}
          onChange={onUnit}
        />
      )}
    </span>
  );
}
