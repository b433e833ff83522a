import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PartnerFiguresOut } from "@/gen/model";
import { getPartnerFiguresQueryKey, partnerFigures } from "@/gen/partners/partners";

const PAGE = 50;

/** The figures of the partners a list shows: one call for each page of it, none again for pages already there. */
export function useFigures(ids: readonly number[]): Map<number, PartnerFiguresOut> | null {
  const pages = useMemo(() => {
    const found: number[][] = [];
    for (let start = 0; start < ids.length; start += PAGE) found.push(ids.slice(start, start + PAGE));
    return found;
  }, [ids]);
  return useQueries({
    queries: pages.map((id) => ({
      queryKey: getPartnerFiguresQueryKey({ id }),
      queryFn: ({ signal }: { signal: AbortSignal }) => partnerFigures({ id }, signal),
      staleTime: 60_000,
    })),
    combine: (answers) =>
      answers.some((answer) => answer.isPending)
        ? null
        : new Map(answers.flatMap((answer) => answer.data ?? []).map((row) => [row.partner_id, row])),
  });
}
