import { DownOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { useAllocateBackorders, useConfirmOrder } from "@/gen/orders/orders";
import { wordsOf } from "@/ui/refusal";
import { CancelDialog } from "./cancel-dialog";
import { ReceiveDialog } from "./receive-dialog";
import { useRefreshOrders } from "./refresh";
import { useReorder } from "./reorder";
import { ReturnDialog } from "./return-dialog";
import { ShipDialog } from "./ship-dialog";

/** What this screen can do about an order; the document's `allowed_actions` say which of them are open. */
const ACTIONS = [
  "confirm",
  "confirm_finance",
  "ship",
  "receive",
  "allocate",
  "reorder",
  "return",
  "cancel",
] as const;
type Action = (typeof ACTIONS)[number];

const BEHIND_MORE = new Set<Action>(["return", "cancel"]);

/** The moves that need no further input: done at once, refusals told in words. */
function useDirectMoves(order: OrderOut) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const told = (done: string) => ({
    onSuccess: () => {
      void message.success(done);
      refresh();
    },
    onError: (problem: Parameters<typeof wordsOf>[0]) => {
      const { title, remedy } = wordsOf(problem);
      void message.error([title, remedy].filter(Boolean).join(" "), 8);
      refresh();
    },
  });
  const confirm = useConfirmOrder({ mutation: told(t("done.confirm", { number: order.number })) });
  const reorder = useReorder();
  const allocate = useAllocateBackorders({ mutation: told(t("done.allocate", { number: order.number })) });
  return {
    isBusy: confirm.isPending || allocate.isPending || reorder.isPending,
    confirm: () => confirm.mutate({ orderId: order.id, data: { step: "CONFIRM" } }),
    confirm_finance: () => confirm.mutate({ orderId: order.id, data: { step: "FINANCE" } }),
    allocate: () => allocate.mutate({ orderId: order.id }),
    reorder: () => reorder.mutate({ orderId: order.id, data: {} }),
  };
}

function Dialogs({ of: order, open, onClose }: { of: OrderOut; open: Action | null; onClose: () => void }) {
  return (
    <>
      {open === "ship" && <ShipDialog order={order} onClose={onClose} />}
      {open === "receive" && <ReceiveDialog order={order} onClose={onClose} />}
      {open === "cancel" && <CancelDialog order={order} onClose={onClose} />}
      {open === "return" && <ReturnDialog order={order} onClose={onClose} />}
    </>
  );
}

/** The main action filled, dangerous ones behind "more". */
export function OrderActions({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation(["orders", "common"]);
  const [open, setOpen] = useState<Action | null>(null);
  const moves = useDirectMoves(order);
  const allowed = ACTIONS.filter((action) => order.allowed_actions.includes(action));
  const direct = allowed.filter((action) => !BEHIND_MORE.has(action));
  const behind = allowed.filter((action) => BEHIND_MORE.has(action));
  // Nothing lacks, yet there is something to allocate: a promised lot has expired.
  const isAgain = order.lines.every((line) => Number(line.backordered) === 0);
  const label = (action: Action) => t(`action.${action === "allocate" && isAgain ? "reallocate" : action}`);
  const run = (action: Action) => {
    if (action === "ship" || action === "receive" || action === "return" || action === "cancel")
      setOpen(action);
    else moves[action]();
  };
  return (
    <>
      {direct.map((action, index) => (
        <Button
          key={action}
          type={index === 0 && action !== "reorder" ? "primary" : "default"}
          loading={moves.isBusy}
          onClick={() => run(action)}
        >
          {label(action)}
        </Button>
      ))}
      {behind.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: behind.map((action) => ({
              key: action,
              label: t(`action.${action}`),
              danger: action === "cancel",
            })),
            onClick: ({ key }) => run(key as Action),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t("common:action.more")}
          </Button>
        </Dropdown>
      )}
      <Dialogs of={order} open={open} onClose={() => setOpen(null)} />
    </>
  );
}
