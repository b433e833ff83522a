import type { UnitFactor } from "@shared/quantity";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { FAULTY } from "@/platform/faulty";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { fieldsOf, partsOf, stepped, totalOf, typed, within } from "./amounts";
import "@/ui/field.scss";
import "./amount-field.scss";

interface Props {
  /** What it is, for those who hear the page: the goods and the figure. */
  label: string;
  /** Base units; empty while nothing was entered. */
  value: string;
  units: readonly UnitFactor[];
  baseUnit: string;
  /** Not more than this many base units. */
  most?: string | null;
  isWhole?: boolean;
  isDisabled?: boolean;
  problem?: string;
  onChange: (value: string) => void;
}

/** Cases and loose pieces side by side: stepped by a thumb or typed. */
export function AmountField({
  label,
  value,
  units,
  baseUnit,
  most,
  isWhole = true,
  isDisabled,
  problem,
  onChange,
}: Props) {
  const { t } = useTranslation("store-stock");
  const id = useId();
  // While somebody types, the field keeps what they typed: 30瓶 must not become 1箱6瓶 under the finger.
  const [typing, setTyping] = useState<Record<string, string> | null>(null);
  const fields = fieldsOf(units, baseUnit);
  const counts = typing ?? (value === "" ? {} : partsOf(value, units, baseUnit));
  const type = (unit: string, text: string) => {
    const next = { ...counts, [unit]: typed(text, isWhole) };
    setTyping(next);
    onChange(Object.values(next).every((one) => !one) ? "" : within(totalOf(next, fields), most));
  };
  const step = (size: string, direction: 1 | -1) => {
    setTyping(null);
    onChange(stepped(value || "0", size, direction, most));
  };
  return (
    <div className={problem ? "amount amount-wrong" : "amount"}>
      {fields.map((field) => (
        <div key={field.unit} className="amount-unit">
          <Tap
            className="amount-step amount-less"
            aria-label={t("amount.less", { label, unit: field.unit })}
            disabled={isDisabled}
            onClick={() => step(field.size, -1)}
          >
            <Icon name="minus" />
          </Tap>
          <input
            className={problem ? `amount-input ${FAULTY}` : "amount-input"}
            type={isWhole ? "number" : "text"}
            inputMode={isWhole ? "numeric" : "decimal"}
            aria-label={t("amount.count", { label, unit: field.unit })}
            value={counts[field.unit] ?? ""}
            placeholder="0"
            disabled={isDisabled}
            aria-invalid={Boolean(problem)}
            aria-describedby={problem ? id : undefined}
            onInput={(event) => type(field.unit, (event.target as HTMLInputElement).value)}
            onBlur={() => setTyping(null)}
          />
          <Tap
            className="amount-step amount-more"
            aria-label={t("amount.more", { label, unit: field.unit })}
            disabled={isDisabled}
            onClick={() => step(field.size, 1)}
          >
            <Icon name="plus" />
          </Tap>
          <span className="amount-name">{field.unit}</span>
        </div>
      ))}
      {problem && (
        <p id={id} className="field-problem amount-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
