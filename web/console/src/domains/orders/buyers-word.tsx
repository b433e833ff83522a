import { Alert, App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderOut } from "@/gen/model";
import { useConfirmOrderAsBuyer, useRefuseOrderAsBuyer } from "@/gen/orders/orders";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import { useRefreshOrders } from "./refresh";

/** An order that somebody else placed waits for its buyer: until when, and the buyer's two answers. */
export function BuyersWord({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const format = useFormat();
  const refresh = useRefreshOrders();
  const [isRefusing, setIsRefusing] = useState(false);
  const told = (done: "agreed" | "refused") => ({
    onSuccess: () => {
      void message.success(t(`word.${done}`, { number: order.number }));
      setIsRefusing(false);
      refresh();
    },
  });
  const agree = useConfirmOrderAsBuyer({ mutation: told("agreed") });
  const refuse = useRefuseOrderAsBuyer({ mutation: told("refused") });
  if (order.state !== "AWAITING_BUYER") return null;
  const mayAgree = order.allowed_actions.includes("confirm_as_buyer");
  const mayRefuse = order.allowed_actions.includes("refuse_as_buyer");
  const until = order.buyer_deadline_at ? format.instant(order.buyer_deadline_at) : "";
  return (
    <>
      <Alert
        className="page-alert"
        type="warning"
        showIcon
        title={t(mayAgree ? "word.yours" : "word.theirs", {
          seller: order.seller_name,
          buyer: order.buyer_name,
        })}
        description={
          <div className="stack">
            {until && <span className="figures">{t("word.until", { at: until })}</span>}
            <Refusal of={agree.error} />
            {(mayAgree || mayRefuse) && (
              <span className="word-buttons">
                {mayAgree && (
                  <Button
                    type="primary"
                    loading={agree.isPending}
                    onClick={() => agree.mutate({ orderId: order.id })}
                  >
                    {t("word.agree")}
                  </Button>
                )}
                {mayRefuse && (
                  <Button danger onClick={() => setIsRefusing(true)}>
                    {t("word.refuse")}
                  </Button>
                )}
              </span>
            )}
          </div>
        }
      />
      {isRefusing && (
        <ReasonDialog
          isOpen
          title={t("word.refuse_title", { number: order.number })}
          explanation={t("word.refuse_explained")}
          confirm={t("word.refuse")}
          isBusy={refuse.isPending}
          problem={refuse.error}
          onClose={() => setIsRefusing(false)}
          onConfirm={(reason) => refuse.mutate({ orderId: order.id, data: { reason } })}
        />
      )}
    </>
  );
}
