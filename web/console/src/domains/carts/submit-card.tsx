import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { getGetCartQueryKey, submitCart } from "@/gen/carts/carts";
import type { CartOut, PlacedOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { hindrance, type OrderDraft, submitOf } from "./order-draft";
import { OrderForm } from "./order-form";

interface SubmitCardProps {
  cart: CartOut;
  draft: OrderDraft;
  openCount: number;
  isSaving: boolean;
  mayReadPartners: boolean;
  onDraft: (draft: OrderDraft) => void;
  onPlaced: (order: PlacedOut) => void;
}

/** The rest of the order and the one button that places it, once however often it is pressed. */
export function SubmitCard(props: SubmitCardProps) {
  const { cart, draft, openCount, isSaving, onPlaced } = props;
  const { t } = useTranslation("carts");
  const queries = useQueryClient();
  const isSent = useRef(false);
  const submit = useMutation({
    mutationFn: () => submitCart(cart.id, submitOf(cart, draft)),
    onSuccess: (order) => {
      onPlaced(order);
      void queries.invalidateQueries({
        predicate: ({ queryKey: [first] }) =>
          typeof first === "string" && /^\/api\/v1\/(orders|carts|credit|stock|desk)/.test(first),
      });
    },
    onError: () => {
      isSent.current = false;
      // Prices or stock moved: the lines say so.
      void queries.invalidateQueries({ queryKey: getGetCartQueryKey(cart.id) });
    },
  });
  const send = () => {
    if (isSent.current) return;
    isSent.current = true;
    submit.mutate();
  };
  const why = hindrance(cart, openCount);
  return (
    <Card title={t("order.title")}>
      <div className="stack">
        <OrderForm
          buyerId={cart.buyer_id}
          draft={draft}
          onChange={props.onDraft}
          problem={submit.error}
          mayReadPartners={props.mayReadPartners}
        />
        <Refusal of={submit.error} />
        {why && (
          <p className={why === "empty" ? "quiet" : "tone-text-bad"} role="status">
            {t(`hindrance.${why}`, { count: openCount })}
          </p>
        )}
        <Button
          block
          type="primary"
          size="large"
          disabled={why !== null || isSaving}
          loading={submit.isPending}
          onClick={send}
        >
          {t("order.submit")}
        </Button>
      </div>
    </Card>
  );
}
