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
 * figures are asked for. The rest of the desk asks when they are drawn, or it would take their time.
 */
export async function askForDesk(queries: QueryClient): Promise<void> {
  const session = await queries.ensureQueryData(sessionQuery);
  if (!session) return;
  const settings = getListPersonalSettingsQueryOptions({ query: { staleTime: 60_000 } });
  const kept = await queries.ensureQueryData(settings);
  const own = (kept as Record<string, string[]>).tiles;
  const names = own?.length ? own : focusOf(session.roles, session.kind).tiles;
  void queries.prefetchQuery(metricsQuery(tileQueries(names, "month", businessDay()).before));
  void queries.prefetchQuery(getListWaitingQueryOptions());
}
