import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

export interface KeysetPage<Row> {
  items: Row[];
  next_cursor: string | null;
}

/** Reads a list page by page; `fetchPage` is the generated call with its filters already in it. */
export function usePages<Row>(
  key: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<KeysetPage<Row>>,
  isWanted = true,
) {
  const query = useInfiniteQuery({
    queryKey: [...key, "pages"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: isWanted,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return {
    /** Undefined until the first page is there. */
    data: rows,
    error: query.error,
    isPending: query.isPending,
    refetch: () => void query.refetch(),
    isLoadingMore: query.isFetchingNextPage,
    isMoreRefused: query.isFetchNextPageError,
    /** Undefined when everything is shown. */
    loadMore: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  };
}
