import { useNavigate } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useOpenDefaultCart } from "@/gen/carts/carts";
import { Card } from "@/ui/page";
import { PartnerField } from "@/ui/partner-field";
import { Refusal } from "@/ui/refusal";
import { useTakeCart } from "./use-cart";

interface StartCartProps {
  /** The address names the buyer already. */
  buyerId: number | undefined;
  /** The reader's organization buys for itself. */
  isBuyer: boolean;
  /** It also writes orders for others. */
  isSeller: boolean;
}

/** For whom the order is: oneself, or a buyer one sells to; then the sheet opens. */
export function StartCart({ buyerId, isBuyer, isSeller }: StartCartProps) {
  const { t } = useTranslation("carts");
  const navigate = useNavigate();
  const take = useTakeCart();
  const open = useOpenDefaultCart({
    mutation: {
      onSuccess: (cart) => {
        take(cart);
        void navigate({ to: "/carts/$cartId", params: { cartId: cart.id }, replace: true });
      },
    },
  });
  const start = (buyer?: number) => open.mutate({ data: { buyer_id: buyer } });
  const isDecided = buyerId !== undefined || !isSeller;
  const isStarted = useRef(false);
  useEffect(() => {
    if (!isDecided || isStarted.current) return;
    isStarted.current = true;
    start(buyerId);
  });
  if (isDecided && !open.error) {
    return (
      <Card>
        <Skeleton active paragraph={{ rows: 8 }} />
      </Card>
    );
  }
  return (
    <div className="start-cards">
      {isBuyer && (
        <Card title={t("start.own")}>
          <div className="stack">
            <p className="quiet">{t("start.own_explained")}</p>
            <Button type="primary" loading={open.isPending} onClick={() => start()}>
              {t("start.own_go")}
            </Button>
          </div>
        </Card>
      )}
      {isSeller && (
        <Card title={t("start.other")}>
          <div className="stack">
            <p className="quiet">{t("start.other_explained")}</p>
            <PartnerField
              label={t("start.buyer")}
              value={undefined}
              onChange={(buyer) => buyer !== undefined && start(buyer)}
            />
          </div>
        </Card>
      )}
      <Refusal of={open.error} onRetry={isDecided ? () => start(buyerId) : undefined} />
    </div>
  );
}
