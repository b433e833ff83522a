import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** A step of an order moves goods, money and what waits for somebody: whatever is on the screen is asked for again. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries(), [queries]);
}
