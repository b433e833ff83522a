import type { QueryClient } from "@tanstack/react-query";

/** What a step in the life of a price list makes old: lists, checks, prices; not the sheet somebody edits. */
export function refreshPrices(queries: QueryClient): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [first] }) =>
      typeof first === "string" &&
      (first.startsWith("/api/v1/price") || first.startsWith("/api/v1/policies")) &&
      !first.endsWith("/sheet"),
  });
}
