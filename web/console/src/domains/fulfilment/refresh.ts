import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const TOUCHED = [
  "/api/v1/orders",
  "/api/v1/shipments",
  "/api/v1/fulfilment",
  "/api/v1/stock",
  "/api/v1/returns",
  "/api/v1/files",
];

/** Asks again for everything that goods on the move change. */
export function useRefreshGoods(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && TOUCHED.some((path) => first.startsWith(path)),
    });
  }, [queries]);
}
