import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  getListFavouritesQueryKey,
  useAddFavourite,
  useListFavourites,
  useRemoveFavourite,
} from "@/gen/shop/shop";
import type { Sides } from "./sku-field";

/** What the reader's organization keeps at hand; only who buys for itself keeps something. */
export function useFavourites(sides: Sides, isOwn: boolean) {
  const queries = useQueryClient();
  const { data } = useListFavourites(sides, { query: { enabled: isOwn, staleTime: 60_000 } });
  const refresh = () =>
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) => first === getListFavouritesQueryKey()[0],
    });
  const { mutate: add } = useAddFavourite({ mutation: { onSettled: refresh } });
  const { mutate: remove } = useRemoveFavourite({ mutation: { onSettled: refresh } });
  const rows = useMemo(() => data ?? [], [data]);
  const ids = useMemo(() => new Set(rows.map((row) => row.offer.sku_id)), [rows]);
  const toggle = (skuId: number) => (ids.has(skuId) ? remove({ skuId }) : add({ skuId }));
  return { rows, ids, isOwn, toggle };
}

export type Favourites = ReturnType<typeof useFavourites>;
