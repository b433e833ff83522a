import type { QueryClient } from "@tanstack/react-query";
import { sessionQuery } from "@/domains/access/session";
import { focusOf } from "@/domains/insights/roles";
import { tileQueries } from "@/domains/insights/tile-queries";
import { metricsQuery } from "@/domains/insights/use-metrics";
import { getListPersonalSettingsQueryOptions } from "@/gen/access/access";
import { getListWaitingQueryOptions } from "@/gen/desk/desk";
import { businessDay } from "@/ui/use-format";

/**
 * Asks for what the desk shows before the desk is drawn: the server works while the page does. Resolved when the
 * figures are asked for; what they are compared with is asked when they are here, or it would take their time.
 */
export async function askForDesk(queries: QueryClient): Promise<void> {
  const session = await queries.ensureQueryData(sessionQuery);
  if (!session) return;
  const settings = getListPersonalSettingsQueryOptions({ query: { staleTime: 60_000 } });
  const kept = await queries.ensureQueryData(settings);
  const own = (kept as Record<string, string[]>).tiles;
  const names = own?.length ? own : focusOf(session.roles, session.kind).tiles;
  const { before, ...others } = tileQueries(names, "month", businessDay());
  void queries.prefetchQuery(metricsQuery(before)).then(() => {
    for (const query of Object.values(others))
      if (query.metrics.length > 0) void queries.prefetchQuery(metricsQuery(query));
  });
  void queries.prefetchQuery(getListWaitingQueryOptions());
}
