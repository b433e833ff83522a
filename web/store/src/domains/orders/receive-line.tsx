import { isZero } from "@shared/decimal";
import { quantity } from "@shared/quantity";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AmountField } from "@/domains/stock/amount-field";
import type { ShipmentPaperLineOut } from "@/gen/model";
import { Action } from "@/ui/action";
import { damaged, type Found, isDifferent, received, receivedOf } from "./receiving";
import "./receive-line.scss";

interface Props {
  of: ShipmentPaperLineOut;
  found: Found;
  /** The line that a scan has just found. */
  isScanned: boolean;
  /** Why the figures were refused. */
  problem?: string;
  onChange: (found: Found) => void;
}

/** One line: as shipped, until "change" opens the figures of what was found. */
export function ReceiveLine({ of: line, found, isScanned, problem, onChange }: Props) {
  const { t } = useTranslation("store-follow");
  const [isOpened, setIsOpened] = useState(false);
  const inCases = (value: string) => quantity(value, line.units, line.base_unit);
  const isOpen = isOpened || isScanned || isDifferent(found);
  return (
    <li
      id={`line-${line.line_no}`}
      className={isScanned ? "receive-line receive-line-found" : "receive-line"}
      aria-current={isScanned || undefined}
    >
      <div className="receive-line-head">
        <div className="receive-line-goods">
          <p className="receive-line-name">{line.sku_name}</p>
          <p className="soft">{t("receive.shipped", { quantity: inCases(line.shipped) })}</p>
        </div>
        {!isOpen && (
          <Action
            kind="quiet"
            label={`${t("receive.change")} ${line.sku_name}`}
            onClick={() => setIsOpened(true)}
          >
            {t("receive.change")}
          </Action>
        )}
      </div>
      {isOpen && (
        <>
          <div className="receive-field">
            <p className="receive-field-name">{t("receive.got")}</p>
            <AmountField
              label={`${line.sku_name} ${t("receive.got")}`}
              value={receivedOf(line, found)}
              units={line.units}
              baseUnit={line.base_unit}
              most={line.shipped}
              problem={problem}
              onChange={(units) => onChange(received(line, found, units))}
            />
          </div>
          <Damaged of={line} found={found} onChange={onChange} />
        </>
      )}
      {isDifferent(found) && (
        <p className="receive-differs" role="status">
          {[
            !isZero(found.missing || "0") && t("receive.missing", { quantity: inCases(found.missing) }),
            !isZero(found.damaged || "0") && `${t("receive.damaged")} ${inCases(found.damaged)}`,
            t("receive.good", { quantity: inCases(receivedOf(line, found)) }),
          ]
            .filter(Boolean)
            .join("，")}
        </p>
      )}
    </li>
  );
}

function Damaged({ of: line, found, onChange }: Pick<Props, "of" | "found" | "onChange">) {
  const { t } = useTranslation("store-follow");
  const [isAsked, setIsAsked] = useState(false);
  if (!isAsked && isZero(found.damaged || "0"))
    return (
      <Action
        kind="quiet"
        label={`${t("receive.damaged_add")} ${line.sku_name}`}
        onClick={() => setIsAsked(true)}
      >
        {t("receive.damaged_add")}
      </Action>
    );
  return (
    <div className="receive-field">
      <p className="receive-field-name">{t("receive.damaged")}</p>
      <AmountField
        label={`${line.sku_name} ${t("receive.damaged")}`}
        value={found.damaged}
        units={line.units}
        baseUnit={line.base_unit}
        most={line.shipped}
        onChange={(units) => onChange(damaged(line, found, units))}
      />
    </div>
  );
}
