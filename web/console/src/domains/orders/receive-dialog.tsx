import { compare } from "@shared/decimal";
import { App, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DifferenceReason, OrderOut, ShipmentOut } from "@/gen/model";
import { useReceiveShipment } from "@/gen/orders/orders";
import { ReasonDialog } from "@/ui/reason-action";
import { QuantityRows } from "./quantity-rows";
import { useRefreshOrders } from "./refresh";
import { useQuantities } from "./use-quantities";

const REASONS = ["SHORT", "DAMAGED", "WRONG", "OVER"] as const satisfies readonly DifferenceReason[];

interface BodyProps {
  order: OrderOut;
  shipment: ShipmentOut;
  onClose: () => void;
  picker: React.ReactNode;
}

function Body({ order, shipment, onClose, picker }: BodyProps) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [reason, setReason] = useState<DifferenceReason>("SHORT");
  const rows = shipment.lines.flatMap((shipped) => {
    const line = order.lines.find((one) => one.line_no === shipped.line_no);
    return line ? [{ line, most: shipped.shipped }] : [];
  });
  const quantities = useQuantities(rows);
  const receive = useReceiveShipment({
    mutation: {
      onSuccess: () => {
        void message.success(t("done.receive", { number: shipment.number }));
        refresh();
        onClose();
      },
    },
  });
  const differences = rows
    .map(({ line, most }) => ({
      line_no: line.line_no,
      received: quantities.values[line.line_no] ?? most,
      most,
      reason,
    }))
    .filter((row) => compare(row.received, row.most) !== 0)
    .map(({ line_no, received }) => ({ line_no, received, reason }));
  return (
    <ReasonDialog
      isOpen
      isReasonNeeded={false}
      title={t("receive.title", { number: shipment.number })}
      explanation={t("receive.explanation")}
      confirm={t("action.receive")}
      isBusy={receive.isPending}
      problem={receive.error}
      onClose={onClose}
      onConfirm={() => receive.mutate({ shipmentId: shipment.id, data: { differences } })}
    >
      {picker}
      <QuantityRows
        rows={rows}
        mostLabel={t("quantity.shipped")}
        values={quantities.values}
        onChange={quantities.change}
      />
      {differences.length > 0 && (
        <label className="field">
          <span>{t("receive.why")}</span>
          <Select
            value={reason}
            options={REASONS.map((value) => ({ value, label: t(`difference.${value}`) }))}
            onChange={(value: DifferenceReason) => setReason(value)}
          />
        </label>
      )}
    </ReasonDialog>
  );
}

/** Takes a shipment in: what is not named arrived in full. */
export function ReceiveDialog({ order, onClose }: { order: OrderOut; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const open = order.shipments.filter((shipment) => shipment.state === "SHIPPED");
  const [chosen, setChosen] = useState(open[0]?.id ?? "");
  const shipment = open.find((one) => one.id === chosen);
  if (!shipment) return null;
  const picker = open.length > 1 && (
    <label className="field">
      <span>{t("receive.shipment")}</span>
      <Select
        value={chosen}
        options={open.map((one) => ({ value: one.id, label: one.number }))}
        onChange={(id: string) => setChosen(id)}
      />
    </label>
  );
  return <Body key={chosen} order={order} shipment={shipment} onClose={onClose} picker={picker} />;
}
