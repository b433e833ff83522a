import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReorderOrder } from "@/gen/carts/carts";
import type { OrderOut, ReorderedOut } from "@/gen/model";
import {
  useAllocateBackorders,
  useCancelOrder,
  useConfirmOrder,
  useConfirmOrderAsBuyer,
  useRefuseOrderAsBuyer,
} from "@/gen/orders/orders";
import { open, toTab } from "@/navigation";
import { newId } from "@/platform/ids";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Refused, wordsOf } from "@/ui/refused";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import { useRefresh } from "./refresh";

const ORDERED = [
  "confirm_as_buyer",
  "receive",
  "confirm",
  "confirm_finance",
  "ship",
  "allocate",
  "reorder",
  "return",
  "complain",
  "refuse_as_buyer",
  "cancel",
] as const;
export type OrderAction = (typeof ORDERED)[number];
type Told = "confirm_as_buyer" | "refuse_as_buyer" | "confirm" | "confirm_finance" | "cancel" | "allocate";

/** What may be done, the next thing first. */
export function actionsOf(allowed: readonly string[], mayComplain: boolean): OrderAction[] {
  return ORDERED.filter((action) => (action === "complain" ? mayComplain : allowed.includes(action)));
}

function useMoves(order: OrderOut, onDone: () => void, onLeftOut: (answer: ReorderedOut) => void) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const told = (what: Told) => ({
    mutation: {
      onSuccess: () => {
        say(t(`done.${what}`, { number: order.number }));
        onDone();
        refresh();
      },
    },
  });
  return {
    confirm_as_buyer: useConfirmOrderAsBuyer(told("confirm_as_buyer")),
    refuse_as_buyer: useRefuseOrderAsBuyer(told("refuse_as_buyer")),
    confirm: useConfirmOrder(told("confirm")),
    confirm_finance: useConfirmOrder(told("confirm_finance")),
    cancel: useCancelOrder(told("cancel")),
    allocate: useAllocateBackorders(told("allocate")),
    reorder: useReorderOrder({
      mutation: {
        onSuccess: (answer) => {
          refresh();
          if (answer.left_out.length > 0) return onLeftOut(answer);
          say(t("done.reorder", { count: answer.added }));
          void toTab("cart");
        },
      },
    }),
  };
}

function LeftOut({ of: answer, onClose }: { of: ReorderedOut | null; onClose: () => void }) {
  const { t } = useTranslation("store-follow");
  return (
    <Sheet title={t("left.title")} isOpen={answer !== null} onClose={onClose}>
      <p className="soft">{t("done.reorder", { count: answer?.added ?? 0 })}</p>
      <ul>
        {answer?.left_out.map((line) => (
          <li key={line.line_no} className="order-line">
            <p>{line.sku_name}</p>
            <p className="soft">{wordsOf({ ...line.problem, status: 409, fields: [] }).title}</p>
          </li>
        ))}
      </ul>
      <Action isWide onClick={() => void toTab("cart")}>
        {t("left.go")}
      </Action>
    </Sheet>
  );
}

/** The bar below an order: the next thing, another one, and the rest behind "more". */
export function OrderActions({ of: order, mayComplain }: { of: OrderOut; mayComplain: boolean }) {
  const { t } = useTranslation("store-follow");
  const [asked, setAsked] = useState<"refuse_as_buyer" | "cancel" | null>(null);
  const [isMore, setIsMore] = useState(false);
  const [leftOut, setLeftOut] = useState<ReorderedOut | null>(null);
  const [cancelId] = useState(newId);
  const moves = useMoves(order, () => setAsked(null), setLeftOut);
  const all = actionsOf(order.allowed_actions, mayComplain);
  const openShipment = order.shipments.find((shipment) => shipment.state === "SHIPPED");
  const target = { orderId: order.id };
  const act: Record<OrderAction, () => void> = {
    confirm_as_buyer: () => moves.confirm_as_buyer.mutate(target),
    confirm: () => moves.confirm.mutate({ ...target, data: { step: "CONFIRM" } }),
    confirm_finance: () => moves.confirm_finance.mutate({ ...target, data: { step: "FINANCE" } }),
    allocate: () => moves.allocate.mutate(target),
    reorder: () => moves.reorder.mutate({ ...target, data: {} }),
    receive: () => void open("receive", { id: openShipment?.id ?? "" }),
    ship: () => void open("ship", { id: order.id }),
    return: () => void open("askReturn", { order: order.id }),
    complain: () => void open("complaints", { order: order.id }),
    refuse_as_buyer: () => setAsked("refuse_as_buyer"),
    cancel: () => setAsked("cancel"),
  };
  const isBusy = (action: OrderAction) => action in moves && moves[action as keyof typeof moves].isPending;
  const inBar = all.length <= 2 ? all : all.slice(0, 1);
  const behind = all.slice(inBar.length);
  const error = [
    moves.confirm_as_buyer,
    moves.confirm,
    moves.confirm_finance,
    moves.allocate,
    moves.reorder,
  ].find((move) => move.error)?.error;
  const press = (action: OrderAction) => {
    setIsMore(false);
    act[action]();
  };
  return (
    <>
      {error && <Refused error={error} />}
      <div className="two-actions">
        {behind.length > 0 && (
          <Action kind="plain" onClick={() => setIsMore(true)}>
            {t("act.more")}
          </Action>
        )}
        {[...inBar].reverse().map((action) => (
          <Action
            key={action}
            kind={action === inBar[0] ? "main" : "plain"}
            isBusy={isBusy(action)}
            onClick={() => press(action)}
          >
            {t(`act.${action}`)}
          </Action>
        ))}
      </div>
      <Sheet title={t("act.more")} isOpen={isMore} onClose={() => setIsMore(false)}>
        {behind.map((action) => (
          <div key={action} className="more-action">
            <Action
              kind={action === "cancel" || action === "refuse_as_buyer" ? "bad" : "plain"}
              isWide
              onClick={() => press(action)}
            >
              {t(`act.${action}`)}
            </Action>
          </div>
        ))}
      </Sheet>
      <Asked
        title={t("act.refuse_as_buyer")}
        question={t("ask.refuse_as_buyer")}
        confirm={t("act.refuse_as_buyer")}
        isOpen={asked === "refuse_as_buyer"}
        isBusy={moves.refuse_as_buyer.isPending}
        error={moves.refuse_as_buyer.error}
        onClose={() => setAsked(null)}
        onConfirm={(reason) => moves.refuse_as_buyer.mutate({ ...target, data: { reason } })}
      />
      <Asked
        title={t("act.cancel")}
        question={t("ask.cancel")}
        confirm={t("ask.cancel_yes")}
        isOpen={asked === "cancel"}
        isBusy={moves.cancel.isPending}
        error={moves.cancel.error}
        onClose={() => setAsked(null)}
        onConfirm={(reason) => moves.cancel.mutate({ ...target, data: { id: cancelId, reason } })}
      />
      <LeftOut of={leftOut} onClose={() => setLeftOut(null)} />
    </>
  );
}
