import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import {
  addCartLines,
  addListToCart,
  getGetCartQueryKey,
  getListCartsQueryKey,
  setCartLines,
  useAcknowledgeCart,
  useGetCart,
} from "@/gen/carts/carts";
import type { CartLineIn, CartOut, QuickCartIn } from "@/gen/model";
import { asProblem } from "@/problem";

/** Takes a cart that the server answered as what is known of it; lists of carts are asked again. */
export function useTakeCart(): (cart: CartOut) => void {
  const queries = useQueryClient();
  return useCallback(
    (cart: CartOut) => {
      queries.setQueryData(getGetCartQueryKey(cart.id), cart);
      void queries.invalidateQueries({ queryKey: getListCartsQueryKey() });
    },
    [queries],
  );
}

/** One cart and what can be put into it. Changes go out one after the other, each with the version then known. */
export function useCart(cartId: string) {
  const queries = useQueryClient();
  const take = useTakeCart();
  const key = getGetCartQueryKey(cartId);
  const found = useGetCart(cartId, { query: { staleTime: 5_000 } });
  const common = {
    scope: { id: `cart ${cartId}` },
    // Somebody else wrote the same line meanwhile: what is there now is shown beside the refusal.
    onError: (error: unknown) => {
      if (asProblem(error).status === 409 || asProblem(error).status === 412)
        void queries.invalidateQueries({ queryKey: key });
    },
  };
  const set = useMutation({
    ...common,
    mutationFn: (lines: CartLineIn[]) => {
      const version = queries.getQueryData<CartOut>(key)?.version ?? 1;
      return setCartLines(cartId, { version, lines });
    },
    onSuccess: take,
  });
  const add = useMutation({
    ...common,
    mutationFn: (lines: CartLineIn[]) => addCartLines(cartId, { lines }),
    onSuccess: take,
  });
  const read = useMutation({
    ...common,
    mutationFn: (list: QuickCartIn) => addListToCart(cartId, list),
    onSuccess: ({ cart }) => take(cart),
  });
  const accept = useAcknowledgeCart({ mutation: { onSuccess: take, onError: common.onError } });
  return {
    found,
    set: set.mutateAsync,
    add: add.mutateAsync,
    read,
    accept,
    isSaving: set.isPending || add.isPending || read.isPending,
  };
}

export type CartWork = ReturnType<typeof useCart>;
