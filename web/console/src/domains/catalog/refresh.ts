import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** After a change of goods: lists, pages, trees and rules are read again. */
export function useCatalogRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(
    () =>
      void queries.invalidateQueries({
        predicate: ({ queryKey: [first] }) =>
          typeof first === "string" &&
          (first.startsWith("/api/v1/catalog") || first.startsWith("/api/v1/files")),
      }),
    [queries],
  );
}
