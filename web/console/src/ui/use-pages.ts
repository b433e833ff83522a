import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { asProblem, type Problem } from "@/problem";

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
}

/** The rows of a keyset list as far as they were asked for. */
export interface Pages<Row> {
  /** Which list this is: the same filters are the same list, however many of its rows are here. */
  list: string;
  rows: Row[];
  isLoading: boolean;
  isLoadingMore: boolean;
  problem: Problem | null;
  /** Undefined when everything is shown. */
  loadMore?: () => void;
  reload: () => void;
}

/** Reads a list page by page; `fetchPage` is the generated call with its filters already in it. */
export function usePages<Row>(
  key: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>,
): Pages<Row> {
  const query = useInfiniteQuery({
    queryKey: [...key, "pages"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    list: JSON.stringify(key),
    rows,
    isLoading: query.isPending,
    isLoadingMore: query.isFetchingNextPage,
    problem: query.error ? asProblem(query.error) : null,
    loadMore: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    reload: () => void query.refetch(),
  };
}
