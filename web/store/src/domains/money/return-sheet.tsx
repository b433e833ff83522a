import { money } from "@shared/money";
import { quantity } from "@shared/quantity";
import { useTranslation } from "react-i18next";
import { baseUnitOf, unitsOf } from "@/domains/orders/say";
import type { ReturnOut } from "@/gen/model";
import { useGetReturn } from "@/gen/orders/orders";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Facts } from "@/ui/card";
import { Sheet } from "@/ui/sheet";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import type { Side } from "./lines";
import "./money.scss";

function Return({ of: document, side }: { of: ReturnOut; side: Side }) {
  const { t } = useTranslation(["store-mine", "store-follow"]);
  const format = useFormat();
  const { order_id: orderId } = document;
  return (
    <>
      <p className="money-line-figure">{money(document.gross_amount, document.currency)}</p>
      <p className="soft">
        {t(
          side === "mine"
            ? `store-follow:return.state.${document.state}`
            : `store-follow:return.state_theirs.${document.state}`,
        )}
      </p>
      <Facts
        of={[
          [t("receipt.number"), document.number],
          [t("store-follow:return.reason"), document.reason],
          [t("store-follow:order.at"), format.spoken(document.requested_at)],
          ...document.lines.map((line) => {
            const units = unitsOf(line);
            return [line.sku_name, quantity(line.returned, units, baseUnitOf(units, ""))] as const;
          }),
        ]}
      />
      {orderId && (
        <div className="asked-actions">
          <Action kind="plain" isWide onClick={() => void open("order", { id: orderId })}>
            {t("store-follow:returns.order", { number: document.order_number })}
          </Action>
        </div>
      )}
    </>
  );
}

/** One return as it was booked. */
export function ReturnSheet({ id, side, onClose }: { id: string; side: Side; onClose: () => void }) {
  const { t } = useTranslation("store-mine");
  const document = useGetReturn(id);
  return (
    <Sheet title={t("source.return")} isOpen onClose={onClose}>
      <Answered of={document} rows={2}>
        {(found) => <Return of={found} side={side} />}
      </Answered>
    </Sheet>
  );
}
