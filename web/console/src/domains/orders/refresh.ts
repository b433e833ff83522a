import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const TOUCHED = [
  "/api/v1/orders",
  "/api/v1/shipments",
  "/api/v1/returns",
  "/api/v1/complaints",
  "/api/v1/stock",
];

/** Asks again for everything a move of an order changes. */
export function useRefreshOrders(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && TOUCHED.some((path) => first.startsWith(path)),
    });
  }, [queries]);
}
