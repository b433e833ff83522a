import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const TOUCHED = ["/api/v1/partners", "/api/v1/organizations", "/api/v1/files", "/api/v1/audit"];

/** After a change of partners: their lists, pages, totals and the tree are read again. */
export function usePartnerRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(
    () =>
      void queries.invalidateQueries({
        predicate: ({ queryKey: [first] }) =>
          typeof first === "string" && TOUCHED.some((one) => first.startsWith(one)),
      }),
    [queries],
  );
}
