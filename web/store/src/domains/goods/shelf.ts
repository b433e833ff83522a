// What the list of goods shows: a place of the rail, sorted and filtered.
import type { ListShopCatalogParams, OfferOut, ShelfCategoryOut, ShelfSort } from "@/gen/model";

export type Place = "all" | "usual" | "favourites" | "seen" | `category-${number}`;

export interface Wish {
  place: Place;
  sort: ShelfSort;
  inStock: boolean;
}

export const SORTS: ShelfSort[] = ["usual", "price", "-price", "name"];

/** Places that are lists of the buyer's own, in an order of their own. */
export const isOwnList = (place: Place): boolean => place === "usual" || place === "seen";

export function paramsOf({ place, sort, inStock }: Wish): ListShopCatalogParams {
  return {
    sort,
    limit: 30,
    ...(inStock ? { in_stock: true } : {}),
    ...(place === "favourites" ? { favourites: true } : {}),
    ...(place.startsWith("category-") ? { category_id: Number(place.slice(9)) } : {}),
  };
}

export interface RailCategory extends ShelfCategoryOut {
  depth: number;
}

/** The categories of the rail: the first level, and below the open one its own. */
export function railOf(categories: readonly ShelfCategoryOut[], place: Place): RailCategory[] {
  const byId = new Map(categories.map((one) => [one.id, one]));
  const open = new Set<number>();
  let at = place.startsWith("category-") ? byId.get(Number(place.slice(9))) : undefined;
  while (at) {
    open.add(at.id);
    at = at.parent_id === null ? undefined : byId.get(at.parent_id);
  }
  const under = (parent: number | null, depth: number): RailCategory[] =>
    categories
      .filter(
        (one) =>
          one.parent_id === parent || (parent === null && one.parent_id !== null && !byId.has(one.parent_id)),
      )
      .flatMap((one) => [{ ...one, depth }, ...(open.has(one.id) ? under(one.id, depth + 1) : [])]);
  return under(null, 0);
}

/** A list of the buyer's own, filtered like the others. */
export const inStockOnly = (rows: readonly OfferOut[], inStock: boolean): OfferOut[] =>
  inStock ? rows.filter((row) => row.level !== "NONE") : [...rows];
