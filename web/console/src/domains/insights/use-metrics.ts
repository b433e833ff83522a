import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { queryMetrics } from "@/gen/metrics/metrics";
import type { AnswerOut, MetricQueryIn } from "@/gen/model";
import type { Problem } from "@/problem";

/** One question to the metrics; a POST that changes nothing, so it is cached like a read. */
export const metricsQuery = (query: MetricQueryIn) =>
  queryOptions<AnswerOut, Problem>({
    queryKey: ["/api/v1/metrics/query", query],
    queryFn: ({ signal }) => queryMetrics(query, signal),
    staleTime: 30_000,
  });

/** Asks the metrics and shows the former answer while the next one comes. */
export function useMetrics(query: MetricQueryIn, isWanted = true) {
  return useQuery({ ...metricsQuery(query), placeholderData: keepPreviousData, enabled: isWanted });
}

/** One metric's figures in a row of an answer. */
export function cellOf(answer: AnswerOut | undefined, metric: string, row = answer?.rows[0]) {
  const index = answer?.metrics.findIndex((one) => one.name === metric) ?? -1;
  if (!row || index < 0) return { value: null, before: null, growth: null };
  return {
    value: row.values[index] ?? null,
    before: row.before?.[index] ?? null,
    growth: row.growth?.[index] ?? null,
  };
}
