import { add } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { App, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { useShipOrder } from "@/gen/orders/orders";
import { useWarehouseName } from "@/lookups";
import { ReasonDialog } from "@/ui/reason-action";
import { QuantityRows } from "./quantity-rows";
import { useRefreshOrders } from "./refresh";
import { useQuantities } from "./use-quantities";

/** What each warehouse has promised to each line: warehouse → line → base units. */
export function promises(order: OrderOut): Map<number, Map<number, string>> {
  const found = new Map<number, Map<number, string>>();
  for (const hold of order.holds) {
    if (hold.is_money || hold.warehouse_id === null) continue;
    const lines = found.get(hold.warehouse_id) ?? new Map<number, string>();
    lines.set(hold.line_no, add(lines.get(hold.line_no) ?? "0", hold.remaining));
    found.set(hold.warehouse_id, lines);
  }
  return found;
}

function Body({
  order,
  warehouseId,
  onClose,
  picker,
}: {
  order: OrderOut;
  warehouseId: number;
  onClose: () => void;
  picker: React.ReactNode;
}) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [id] = useState(() => uuid7());
  const [note, setNote] = useState("");
  const promised = promises(order).get(warehouseId);
  const rows = order.lines.flatMap((line) => {
    const most = promised?.get(line.line_no);
    return most ? [{ line, most }] : [];
  });
  const quantities = useQuantities(rows);
  const ship = useShipOrder({
    mutation: {
      onSuccess: (shipment) => {
        void message.success(t("done.ship", { number: shipment.number }));
        refresh();
        onClose();
      },
    },
  });
  const lines = quantities.isAll ? null : quantities.parts;
  return (
    <ReasonDialog
      isOpen
      isReasonNeeded={false}
      title={t("ship.title", { number: order.number })}
      explanation={t("ship.explanation")}
      confirm={t("action.ship")}
      isBusy={ship.isPending}
      problem={ship.error}
      onClose={onClose}
      onConfirm={() =>
        ship.mutate({ orderId: order.id, data: { id, warehouse_id: warehouseId, lines, note } })
      }
    >
      {picker}
      <QuantityRows
        rows={rows}
        mostLabel={t("quantity.promised")}
        values={quantities.values}
        onChange={quantities.change}
      />
      <label className="field">
        <span>{t("ship.note")}</span>
        <Input value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ReasonDialog>
  );
}

/** Ships from one warehouse what it has promised, all of it or less. */
export function ShipDialog({ order, onClose }: { order: OrderOut; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const nameOf = useWarehouseName();
  const places = [...promises(order).keys()];
  const [chosen, setChosen] = useState(places[0] ?? 0);
  const picker = (
    <label className="field">
      <span>{t("ship.warehouse")}</span>
      <Select
        value={chosen}
        options={places.map((place) => ({ value: place, label: nameOf(place) }))}
        onChange={(place: number) => setChosen(place)}
      />
    </label>
  );
  return <Body key={chosen} order={order} warehouseId={chosen} onClose={onClose} picker={picker} />;
}
