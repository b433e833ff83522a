import { useMemo } from "react";
import type { OfferOut } from "@/gen/model";
import { getListShopCatalogQueryKey, listShopCatalog, useListUsualSkus } from "@/gen/shop/shop";
import { may, useSession } from "@/session";
import type { Rest } from "@/ui/more";
import { usePages } from "@/ui/use-pages";
import { seenGoods } from "./history";
import { inStockOnly, isOwnList, paramsOf, type Wish } from "./shelf";

export interface Shelf extends Rest {
  data: OfferOut[] | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => void;
}

/** The goods of one place of the rail; long ones page by page. */
export function useShelf(wish: Wish): Shelf {
  const session = useSession();
  const mayRead = may(session, "prices:read");
  const params = paramsOf(wish);
  const pages = usePages<OfferOut>(
    getListShopCatalogQueryKey(params),
    (cursor, signal) => listShopCatalog({ ...params, cursor }, signal),
    mayRead && !isOwnList(wish.place),
  );
  const usual = useListUsualSkus(
    { limit: 200, days: 365 },
    { query: { enabled: mayRead && wish.place === "usual", staleTime: 60_000 } },
  );
  const organizationId = session?.organization_id;
  const own = useMemo(() => {
    if (wish.place === "usual")
      return (
        usual.data &&
        inStockOnly(
          usual.data.filter((row) => row.orderable).map((row) => row.offer),
          wish.inStock,
        )
      );
    return organizationId ? inStockOnly(seenGoods(organizationId), wish.inStock) : undefined;
  }, [wish.place, wish.inStock, usual.data, organizationId]);
  if (!isOwnList(wish.place)) return pages;
  return {
    data: own,
    error: wish.place === "usual" ? usual.error : null,
    isPending: own === undefined,
    refetch: () => void usual.refetch(),
    isLoadingMore: false,
    isMoreRefused: false,
    loadMore: undefined,
  };
}
