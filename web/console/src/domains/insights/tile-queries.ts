import type { MetricQueryIn } from "@/gen/model";
import { daysOf, grainOf, type PeriodName } from "./periods";

const WITH_TREND = ["net_sales", "orders", "active_partners", "units"];

/** The questions behind the tiles: against the period before, against last year, and over time. */
export function tileQueries(names: readonly string[], period: PeriodName, today: string) {
  const days = daysOf(period, today);
  const metrics = [...names];
  const drawn = metrics.filter((name) => WITH_TREND.includes(name));
  return {
    before: { metrics, ...days, compare: "previous_period" },
    lastYear: { metrics, ...days, compare: "last_year" },
    trend: { metrics: drawn, dimensions: [grainOf(period)], ...days },
  } as const satisfies Record<string, MetricQueryIn>;
}
