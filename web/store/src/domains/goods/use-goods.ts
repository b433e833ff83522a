import { useQuery } from "@tanstack/react-query";
import { useListProducts } from "@/gen/catalog/catalog";
import type { OfferOut, ProductOut, SkuOut } from "@/gen/model";
import { quoteOrder } from "@/gen/orders/orders";
import { useFindOrderableSkus } from "@/gen/shop/shop";
import { may, useSession } from "@/session";
import { type Counts, entryOf, linesOf, type WantedLine } from "./entry";
import { breaksOf } from "./price";

/** The goods of a code: what the catalog says of them, and as the buyer may order them. */
export function useGoods(code: string) {
  const session = useSession();
  const product = useListProducts(
    { text: code, limit: 20 },
    { query: { select: ({ items }) => skuOf(items, code), staleTime: 60_000, enabled: code !== "" } },
  );
  const offer = useFindOrderableSkus(
    { text: code, limit: 5 },
    {
      query: {
        select: (rows: OfferOut[]) => rows.find((row) => row.sku_code === code) ?? null,
        staleTime: 15_000,
        enabled: code !== "" && may(session, "prices:read"),
      },
    },
  );
  return { product, offer, mayReadPrices: may(session, "prices:read") };
}

export interface Known {
  product: ProductOut;
  sku: SkuOut;
}

function skuOf(products: readonly ProductOut[], code: string): Known | null {
  for (const product of products) {
    const sku = product.skus.find((one) => one.code === code);
    if (sku) return { product, sku };
  }
  return null;
}

const PROBES = ["1", "2", "5", "10", "20", "50", "100", "200"];

/** What the buyer pays in each unit, and from which of some usual quantities on it pays less: asked of the server. */
export function usePrices(offer: OfferOut | null | undefined) {
  return useQuery({
    queryKey: ["prices", offer?.sku_id, offer?.unit_price],
    enabled: Boolean(offer?.unit_price),
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      if (!offer) return { units: [], breaks: [], currency: "" };
      const single = offer.units.map((one) => legal(offer, one.unit, "1"));
      const many = PROBES.map((count) => legal(offer, offer.unit, count));
      const wanted = [...single, ...many].filter((line) => line !== null);
      const { lines, currency } = await quoteOrder(
        { lines: wanted.map((line) => ({ sku_id: offer.sku_id, ...line })) },
        signal,
      );
      const priced = lines.map((line, index) => ({
        line: wanted[index] as WantedLine,
        price: line.unit_price,
      }));
      const count = single.filter((line) => line !== null).length;
      return { units: priced.slice(0, count), breaks: breaksOf(priced.slice(count)), currency };
    },
  });
}

/** A quantity close to `count` that may be ordered, as one line; null when none is near. */
function legal(offer: OfferOut, unit: string, count: string): WantedLine | null {
  const counts: Counts = { [unit]: count };
  const { problem } = entryOf(offer, counts);
  if (!problem) return { unit, quantity: count };
  const fix = problem.fixes.at(-1);
  const lines = fix ? linesOf(offer, fix) : [];
  return lines.length === 1 ? (lines[0] ?? null) : null;
}
