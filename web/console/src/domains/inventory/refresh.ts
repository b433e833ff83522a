import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const TOUCHED = ["/api/v1/stock", "/api/v1/warehouses", "/api/v1/fulfilment"];

/** Asks again for everything that a document of stock changes. */
export function useRefreshStock(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && TOUCHED.some((path) => first.startsWith(path)),
    });
  }, [queries]);
}
