import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttachWaybill } from "@/gen/logistics/logistics";
import { newId } from "@/platform/ids";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import { BillFields } from "./bill-fields";
import { isFit, NO_BILL } from "./bills";
import { useRefresh } from "./refresh";

/** A waybill for goods that have left already. */
export function AddBill({ shipmentId }: { shipmentId: string }) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const [id] = useState(newId);
  const [isOpen, setIsOpen] = useState(false);
  const [bill, setBill] = useState(NO_BILL);
  const attach = useAttachWaybill({
    mutation: {
      onSuccess: ({ tracking_number: number }) => {
        say(t("done.billed", { number }));
        setIsOpen(false);
        refresh();
      },
    },
  });
  const save = () =>
    attach.mutate({
      shipmentId,
      data: { id, carrier: bill.carrier, tracking_number: bill.number.trim() },
    });
  return (
    <>
      <Action kind="quiet" onClick={() => setIsOpen(true)}>
        {t("road.add_bill")}
      </Action>
      <Sheet title={t("road.add_bill")} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <BillFields value={bill} onChange={setBill} />
        {attach.error && <Refused error={attach.error} />}
        <Action
          isWide
          isBusy={attach.isPending}
          isDisabled={bill.carrier === "none" || !isFit(bill)}
          onClick={save}
        >
          {t("road.add_bill")}
        </Action>
      </Sheet>
    </>
  );
}
