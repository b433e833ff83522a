import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const TOUCHED = ["/api/v1/sell-out", "/api/v1/stock"];

/** Asks again for the sales and for the stock that they took. */
export function useRefreshSales(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && TOUCHED.some((path) => first.startsWith(path)),
    });
  }, [queries]);
}
