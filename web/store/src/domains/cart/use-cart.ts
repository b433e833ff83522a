import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { openDefaultCart, setCartLines } from "@/gen/carts/carts";
import type { CartLineOut, CartOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { may, useSession } from "@/session";
import { type Counts, countsOf, type EntryGoods, linesOf } from "../goods/entry";
import { CartEdits, type EditsState } from "./edits";

/** The cart that every device and colleague shares. */
export const CART_KEY = ["cart"] as const;

const edits = new WeakMap<QueryClient, CartEdits>();

function editsOf(queries: QueryClient): CartEdits {
  const known = edits.get(queries);
  if (known) return known;
  const cart = () =>
    queries.ensureQueryData<CartOut>({ queryKey: CART_KEY, queryFn: () => openDefaultCart({}) });
  const made = new CartEdits({
    send: async (lines) => {
      const { id, version } = await cart();
      const answer = await setCartLines(id, { version, lines });
      queries.setQueryData(CART_KEY, answer);
      return answer;
    },
    isOvertaken: (error) => {
      const { status } = asProblem(error);
      const isOld = status === 409 || status === 412;
      if (isOld) void queries.invalidateQueries({ queryKey: CART_KEY });
      return isOld;
    },
    wait: (then, milliseconds) => {
      const timer = setTimeout(then, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  // Somebody else signs in: what waited was not theirs.
  queries.getQueryCache().subscribe((event) => {
    if (event.type === "removed" && event.query.queryKey[0] === CART_KEY[0]) made.forget();
  });
  edits.set(queries, made);
  return made;
}

export const useMayOrder = (): boolean => may(useSession(), "orders:submit");

function useCartQuery<T>(select: (cart: CartOut) => T, refetchMs?: number) {
  return useQuery({
    queryKey: CART_KEY,
    queryFn: ({ signal }) => openDefaultCart({}, signal),
    enabled: useMayOrder(),
    staleTime: 10_000,
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: refetchMs,
    select,
  });
}

const whole = (cart: CartOut): CartOut => cart;

/** The whole cart as the server last answered it. */
export const useCart = (refetchMs?: number) => useCartQuery(whole, refetchMs);

export function useEdits(): { state: EditsState; edits: CartEdits } {
  const own = editsOf(useQueryClient());
  return { state: useSyncExternalStore(own.subscribe, own.current, own.current), edits: own };
}

const NO_LINES: CartLineOut[] = [];

/** One sku in the cart: what is entered, the lines the server has of it, and how to change it. */
export function useInCart(skuId: number, goods: EntryGoods) {
  const queries = useQueryClient();
  const own = editsOf(queries);
  const select = useCallback((cart: CartOut) => cart.lines.filter((line) => line.sku_id === skuId), [skuId]);
  const lines = useCartQuery(select).data ?? NO_LINES;
  const mine = () => own.current().wanted.get(skuId);
  const wanted = useSyncExternalStore(own.subscribe, mine, mine);
  const counts = useMemo(() => wanted?.counts ?? countsOf(goods, lines), [wanted, goods, lines]);
  const set = useCallback(
    (next: Counts) => {
      const stands = queries.getQueryData<CartOut>(CART_KEY)?.lines ?? NO_LINES;
      const units = new Set([
        ...goods.units.map((one) => one.unit),
        ...stands.filter((line) => line.sku_id === skuId).map((line) => line.unit),
      ]);
      own.want({ skuId, counts: next, lines: linesOf(goods, next), units: [...units] });
    },
    [queries, own, goods, skuId],
  );
  return { counts, lines, set, isWaiting: wanted !== undefined };
}

/** Asks for the cart anew, e.g. after it became an order. */
export function useFreshCart(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: CART_KEY }), [queries]);
}
