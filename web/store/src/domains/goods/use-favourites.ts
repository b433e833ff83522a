import { useQueryClient } from "@tanstack/react-query";
import type { FavouriteOut } from "@/gen/model";
import { addFavourite, getListFavouritesQueryKey, removeFavourite, useListFavourites } from "@/gen/shop/shop";
import { may, useSession } from "@/session";

export const useFavourites = () => {
  const session = useSession();
  return useListFavourites({}, { query: { staleTime: 60_000, enabled: may(session, "prices:read") } });
};

/** Whether goods are kept at hand, and the way to change that: shown at once, put back when the server refuses. */
export function useKept(skuId: number): { isKept: boolean; toggle: (() => void) | null } {
  const queries = useQueryClient();
  const session = useSession();
  const { data } = useListFavourites(
    {},
    {
      query: {
        staleTime: 60_000,
        enabled: may(session, "prices:read"),
        select: (rows: FavouriteOut[]) => rows.some((row) => row.offer.sku_id === skuId),
      },
    },
  );
  const isKept = data === true;
  const key = getListFavouritesQueryKey({});
  const toggle = async () => {
    const before = queries.getQueryData<FavouriteOut[]>(key) ?? [];
    const shown = isKept
      ? before.filter((row) => row.offer.sku_id !== skuId)
      : [{ offer: { sku_id: skuId }, orderable: true } as FavouriteOut, ...before];
    queries.setQueryData(key, shown);
    try {
      await (isKept ? removeFavourite(skuId) : addFavourite(skuId));
    } catch {
      queries.setQueryData(key, before);
    } finally {
      void queries.invalidateQueries({ queryKey: key });
    }
  };
  return { isKept, toggle: may(session, "orders:submit") ? () => void toggle() : null };
}
