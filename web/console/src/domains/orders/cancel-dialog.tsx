import { isZero, subtract } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { useCancelOrder } from "@/gen/orders/orders";
import { ReasonDialog } from "@/ui/reason-action";
import { QuantityRows } from "./quantity-rows";
import { useRefreshOrders } from "./refresh";
import { useQuantities } from "./use-quantities";

/** Cancels what is not shipped, whole or in part, with a reason. */
export function CancelDialog({ order, onClose }: { order: OrderOut; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [id] = useState(() => uuid7());
  const rows = order.lines
    .map((line) => ({ line, most: subtract(subtract(line.ordered, line.cancelled), line.shipped) }))
    .filter((row) => !isZero(row.most));
  const quantities = useQuantities(rows);
  const cancel = useCancelOrder({
    mutation: {
      onSuccess: () => {
        void message.success(t("done.cancel", { number: order.number }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <ReasonDialog
      isOpen
      title={t("cancel.title", { number: order.number })}
      explanation={t("cancel.explanation")}
      confirm={t("action.cancel")}
      isBusy={cancel.isPending}
      problem={cancel.error}
      onClose={onClose}
      onConfirm={(reason) =>
        cancel.mutate({
          orderId: order.id,
          data: { id, reason, lines: quantities.isAll ? null : quantities.parts },
        })
      }
    >
      <QuantityRows
        rows={rows}
        mostLabel={t("quantity.open")}
        values={quantities.values}
        onChange={quantities.change}
      />
    </ReasonDialog>
  );
}
