import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import type { CartLineOut, CartOut } from "@/gen/model";
import { quoteOrder } from "@/gen/orders/orders";
import { asProblem } from "@/problem";
import { wordsOf } from "@/ui/refusal";
import { TraceDrawer } from "@/ui/trace-drawer";

/** Asks for the reasons of one line's price and shows them: the same quote that the order will be checked against. */
export function useWhyPrice(cart: CartOut | undefined) {
  const { message } = App.useApp();
  const [asked, setAsked] = useState<CartLineOut | null>(null);
  const quote = useMutation({
    mutationFn: (line: CartLineOut) =>
      quoteOrder({
        buyer_id: cart?.buyer_id,
        seller_id: cart?.seller_id,
        lines: [{ sku_id: line.sku_id, quantity: line.quantity, unit: line.unit }],
      }),
    onError: (error) => {
      const { title, remedy } = wordsOf(asProblem(error));
      void message.error([title, remedy].filter(Boolean).join(" "), 8);
    },
  });
  const ask = (line: CartLineOut) => {
    setAsked(line);
    quote.mutate(line);
  };
  const drawer = (
    <TraceDrawer
      isOpen={asked !== null && quote.isSuccess}
      trace={quote.data?.lines[0]?.trace}
      title={asked?.sku_name ?? ""}
      onClose={() => setAsked(null)}
    />
  );
  return { ask, drawer };
}
