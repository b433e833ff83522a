import { compare, subtract } from "@shared/decimal";
import { quantity, type UnitFactor } from "@shared/quantity";
import { Checkbox, Input, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { DifferenceIn, DifferenceReason, ShipmentPaperLineOut } from "@/gen/model";
import { CaseInput } from "@/ui/case-input";

export const REASONS = ["SHORT", "DAMAGED", "WRONG", "OVER"] as const satisfies readonly DifferenceReason[];

/** What somebody found of a line otherwise than shipped; quantities in base units, null while not typed. */
export interface Found {
  reason: DifferenceReason;
  /** How much is missing, damaged, wrong, or too much. */
  amount: string | null;
  note: string;
}

export type FoundByLine = Record<number, Found>;

export const sayUnits = (line: ShipmentPaperLineOut, value: string): string =>
  quantity(value, line.units as UnitFactor[], line.base_unit);

/** Why a found difference cannot be sent, as a key of our words; null when it can. */
export function mistakeOf(line: ShipmentPaperLineOut, found: Found): "empty" | "too_much" | null {
  if (found.amount === null || compare(found.amount, "0") <= 0) return "empty";
  if (found.reason !== "OVER" && compare(found.amount, line.shipped) > 0) return "too_much";
  return null;
}

/** The difference as the API takes it. What came too much is not booked: it stays the seller's until it decides,
 * so the line arrived in full and the note says how much more there was. */
export function differenceOf(line: ShipmentPaperLineOut, found: Found, over: string): DifferenceIn {
  const amount = found.amount ?? "0";
  const isOver = found.reason === "OVER";
  return {
    line_no: line.line_no,
    received: isOver ? line.shipped : subtract(line.shipped, amount),
    reason: found.reason,
    note: isOver ? [over, found.note].filter(Boolean).join("；") : found.note,
  };
}

interface ReceiveLineProps {
  of: ShipmentPaperLineOut;
  found: Found | undefined;
  onChange: (found: Found | undefined) => void;
}

/** One line: arrived as shipped, or with a difference that has an amount, a reason and a note. */
export function ReceiveLine({ of: line, found, onChange }: ReceiveLineProps) {
  const { t } = useTranslation("fulfilment");
  const mistake = found ? mistakeOf(line, found) : null;
  const arrived =
    found && !mistake && found.reason !== "OVER" ? subtract(line.shipped, found.amount ?? "0") : line.shipped;
  return (
    <li className="receive-line">
      <div className="phone-row">
        <span className="cell-two">
          <span className="cell-main">{line.sku_name}</span>
          <span className="quiet figures">
            {line.sku_code} {line.specification}
          </span>
        </span>
        <span className="cell-two text-end">
          <strong className="figures">{sayUnits(line, arrived)}</strong>
          <span className="quiet figures">{t("receive.sent", { quantity: line.shipped_text })}</span>
        </span>
      </div>
      <Checkbox
        checked={found !== undefined}
        aria-label={t("receive.differs_of", { name: line.sku_name })}
        onChange={(event) =>
          onChange(event.target.checked ? { reason: "SHORT", amount: null, note: "" } : undefined)
        }
      >
        {t("receive.differs")}
      </Checkbox>
      {found && (
        <div className="receive-difference">
          <Segmented<DifferenceReason>
            block
            value={found.reason}
            options={REASONS.map((value) => ({ value, label: t(`difference.${value}`) }))}
            aria-label={t("receive.reason_of", { name: line.sku_name })}
            onChange={(reason) => onChange({ ...found, reason })}
          />
          <div className="field">
            <span>{t(`receive.amount.${found.reason}`)}</span>
            <CaseInput
              value={found.amount}
              units={line.units as UnitFactor[]}
              baseUnit={line.base_unit}
              label={`${line.sku_name} ${t(`receive.amount.${found.reason}`)}`}
              onChange={(amount) => onChange({ ...found, amount })}
            />
            {mistake && found.amount !== null && (
              <span className="field-error">
                {t(`receive.mistake.${mistake}`, { quantity: line.shipped_text })}
              </span>
            )}
          </div>
          <Input
            value={found.note}
            maxLength={500}
            placeholder={t("receive.note")}
            aria-label={t("receive.note_of", { name: line.sku_name })}
            onChange={(event) => onChange({ ...found, note: event.target.value })}
          />
          {found.reason === "OVER" && <p className="quiet">{t("receive.over_rule")}</p>}
        </div>
      )}
    </li>
  );
}
