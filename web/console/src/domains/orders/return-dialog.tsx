import { compare, subtract } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { useRequestReturn } from "@/gen/orders/orders";
import { ReasonDialog } from "@/ui/reason-action";
import { QuantityRows } from "./quantity-rows";
import { useRefreshOrders } from "./refresh";
import { useQuantities } from "./use-quantities";

/** Asks to give received goods back, at the price paid. */
export function ReturnDialog({ order, onClose }: { order: OrderOut; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [id] = useState(() => uuid7());
  const rows = order.lines
    .map((line) => ({ line, most: subtract(line.received, line.returned) }))
    .filter((row) => compare(row.most, "0") > 0);
  const quantities = useQuantities(rows);
  const request = useRequestReturn({
    mutation: {
      onSuccess: (document) => {
        void message.success(t("done.return", { number: document.number }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <ReasonDialog
      isOpen
      title={t("return.title", { number: order.number })}
      explanation={t("return.explanation")}
      confirm={t("action.return")}
      isBusy={request.isPending}
      problem={request.error}
      onClose={onClose}
      onConfirm={(reason) =>
        request.mutate({ orderId: order.id, data: { id, reason, lines: quantities.parts } })
      }
    >
      <QuantityRows
        rows={rows}
        mostLabel={t("quantity.returnable")}
        values={quantities.values}
        onChange={quantities.change}
      />
    </ReasonDialog>
  );
}
