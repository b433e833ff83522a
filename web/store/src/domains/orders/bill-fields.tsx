import { useTranslation } from "react-i18next";
import { Chips } from "@/ui/chips";
import { Field } from "@/ui/field";
import { Icon } from "@/ui/icon";
import { ScanButton } from "@/ui/scan-button";
import { type Bill, CARRIERS, isFit } from "./bills";

/** Who takes the goods, and under which number: typed or scanned. */
export function BillFields({ value: bill, onChange }: { value: Bill; onChange: (bill: Bill) => void }) {
  const { t } = useTranslation("store-follow");
  const isWrong = bill.number !== "" && !isFit(bill);
  return (
    <>
      <Chips
        isWrapped
        label={t("ship.carrier")}
        value={bill.carrier}
        options={(["none", ...CARRIERS] as const).map((value) => ({ value, label: t(`carrier.${value}`) }))}
        onChange={(carrier) => onChange({ ...bill, carrier })}
      />
      {bill.carrier !== "none" && (
        <div className="bill-number">
          <Field
            label={t("ship.tracking")}
            value={bill.number}
            problem={isWrong ? t("ship.letters") : undefined}
            onChange={(number) => onChange({ ...bill, number })}
          />
          <ScanButton
            className="action action-plain"
            label={t("ship.scan")}
            onCode={(number) => onChange({ ...bill, number })}
          >
            <Icon name="scan" />
          </ScanButton>
        </div>
      )}
    </>
  );
}
