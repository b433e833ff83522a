import { shift } from "@shared/dates";
import { useQuery } from "@tanstack/react-query";
import { getListStockQueryKey, listStock } from "@/gen/inventory/inventory";
import type { ListStockParams, StockOut } from "@/gen/model";
import { getListShopCatalogQueryKey, listShopCatalog } from "@/gen/shop/shop";
import { may, useSession } from "@/session";
import { useFormat } from "@/ui/use-format";
import { basePriceOf } from "./shelf";

const PAGE = 500;
const OFFERS = 100;
const SOON_DAYS = 60;

/** A keyset list to its end: a shop's shelf is a few thousand goods at most, and what runs out must not hide on page 9. */
async function everything<Row>(
  page: (cursor: string | undefined) => Promise<{ items: Row[]; next_cursor: string | null }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    rows.push(...answer.items);
    cursor = answer.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}

function useAllStock(wanted: ListStockParams, isWanted: boolean) {
  return useQuery<StockOut[]>({
    queryKey: [...getListStockQueryKey(wanted), "all"],
    queryFn: ({ signal }) => everything((cursor) => listStock({ ...wanted, cursor, limit: PAGE }, signal)),
    enabled: isWanted,
  });
}

/** Everything that my organization has, with what it sold; `expiring` the lots that end soon. */
export function useShelf(isExpiring: boolean) {
  const own = useSession()?.organization_id;
  const format = useFormat();
  const mine = { organization_id: own };
  const goods = useAllStock({ ...mine, group: "ORGANIZATION" }, own !== undefined);
  const lots = useAllStock(
    { ...mine, group: "LOT", expires_before: shift(format.today(), { days: SOON_DAYS }) },
    own !== undefined && isExpiring,
  );
  return { goods, lots };
}

/** What my goods cost me today, by sku; nothing for who may not see prices. */
export function useBuyingPrices() {
  const session = useSession();
  const isSeen = may(session, "prices:read");
  const prices = useQuery({
    queryKey: [...getListShopCatalogQueryKey(), "prices"],
    queryFn: async ({ signal }) => {
      const offers = await everything((cursor) => listShopCatalog({ cursor, limit: OFFERS }, signal));
      return {
        currency: offers[0]?.currency ?? "CNY",
        bySku: Object.fromEntries(offers.map((offer) => [offer.sku_id, basePriceOf(offer)])),
      };
    },
    enabled: isSeen,
    staleTime: 600_000,
  });
  return prices.data;
}
