import { money } from "@shared/money";
import { useTranslation } from "react-i18next";
import type { ReceiptOut } from "@/gen/model";
import { useGetReceipt } from "@/gen/money/money";
import { Facts } from "@/ui/card";
import { Sheet } from "@/ui/sheet";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import "./money.scss";

function Receipt({ of: receipt }: { of: ReceiptOut }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  return (
    <>
      <p className="money-line-figure">{money(receipt.amount, receipt.currency)}</p>
      {receipt.state === "REVERSED" && (
        <p className="money-line-late">{t("money.reversed", { reason: receipt.reversal_reason })}</p>
      )}
      <Facts
        of={[
          [t("receipt.number"), receipt.number],
          [t("receipt.payer"), receipt.buyer_name],
          [t("receipt.payee"), receipt.seller_name],
          [t("receipt.method"), t(`method.${receipt.method}`)],
          [t("receipt.value_date"), format.day(receipt.value_date)],
          [t("receipt.reference"), receipt.reference],
          [t("receipt.note"), receipt.note],
          [t("receipt.created_at"), format.spoken(receipt.created_at)],
          [t("receipt.reversed_at"), receipt.reversed_at && format.spoken(receipt.reversed_at)],
        ]}
      />
    </>
  );
}

/** One payment as it was booked. */
export function ReceiptSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("store-mine");
  const receipt = useGetReceipt(id);
  return (
    <Sheet title={t("receipt.title")} isOpen onClose={onClose}>
      <Answered of={receipt} rows={2}>
        {(found) => <Receipt of={found} />}
      </Answered>
    </Sheet>
  );
}
