import { compare, parse } from "@shared/decimal";
import { rate } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { AnswerOut, FiguresOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { TileGrid } from "@/ui/tile-grid";
import { writeSearch } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { fullText } from "./figure-text";
import { daysOf } from "./periods";
import { cellOf, useMetrics } from "./use-metrics";

/** From here on a figure is worth a look. */
const DECLINE = "-0.1";
const FILL_MIN = "0.9";
const COVER_MIN = "7";
const COVER_MAX = "90";
const SHOWN_MAX = 6;

export interface Alert {
  key: string;
  kind: "decline" | "fill" | "cover_low" | "cover_high";
  name: string;
  value: string;
  to: string;
}

const below = (value: string | null | undefined, limit: string): value is string =>
  value !== null && value !== undefined && compare(value, limit) < 0;
const above = (value: string | null | undefined, limit: string): value is string =>
  value !== null && value !== undefined && compare(value, limit) > 0;

type Below = "province" | "organization_1";

const explore = (metric: string, row: FiguresOut, period: string, by: Below): string =>
  `/explore${writeSearch({ metric, rows: "partner", period, [`f.${by}`]: row.keys[0] ?? "" })}`;

/** What is unusual in the answers, the hardest fall first; a figure nobody knows alarms nobody. */
export function alertsOf(sales: AnswerOut | undefined, service: AnswerOut | undefined): Alert[] {
  const found: Alert[] = [];
  for (const row of sales?.rows ?? []) {
    const name = row.labels[0] ?? row.keys[0] ?? "";
    const { growth } = cellOf(sales, "net_sales", row);
    if (below(growth, DECLINE))
      found.push({
        key: `decline ${name}`,
        kind: "decline",
        name,
        value: growth,
        to: explore("net_sales", row, "quarter", "province"),
      });
  }
  found.sort((one, other) => compare(one.value, other.value));
  for (const row of service?.rows ?? []) {
    const name = row.labels[0] ?? row.keys[0] ?? "";
    const fill = cellOf(service, "line_fill_rate", row).value;
    const cover = cellOf(service, "days_of_cover", row).value;
    if (below(fill, FILL_MIN))
      found.push({
        key: `fill ${name}`,
        kind: "fill",
        name,
        value: fill,
        to: explore("line_fill_rate", row, "days_30", "organization_1"),
      });
    if (below(cover, COVER_MIN) && parse(cover).digits >= 0n)
      found.push({
        key: `low ${name}`,
        kind: "cover_low",
        name,
        value: cover,
        to: explore("days_of_cover", row, "days_30", "organization_1"),
      });
    if (above(cover, COVER_MAX))
      found.push({
        key: `high ${name}`,
        kind: "cover_high",
        name,
        value: cover,
        to: explore("days_of_cover", row, "days_30", "organization_1"),
      });
  }
  return found.slice(0, SHOWN_MAX);
}

/** What is unusual below the reader, each with the way to what is behind it; a partner's own goes by its own name. */
export function Alerts({ ownName }: { ownName?: string }) {
  const { t } = useTranslation("insights");
  const today = useFormat().today();
  const sales = useMetrics({
    metrics: ["net_sales"],
    dimensions: ["province"],
    limit: 200,
    ...daysOf("quarter", today),
    compare: "last_year",
  });
  const service = useMetrics({
    dimensions: ["organization_1"],
    limit: 200,
    metrics: ["line_fill_rate", "days_of_cover"],
    ...daysOf("days_30", today),
  });
  if (sales.error || service.error) return null; // the tiles above say why
  const isPending = sales.isPending || service.isPending;
  const alerts = alertsOf(sales.data, service.data);
  const say = ({ kind, value }: Alert) =>
    kind === "decline" || kind === "fill" ? rate(value) : fullText({ value, unit: "days", currency: null });
  return (
    <Card title={t("alerts.title")} className="card-first">
      {isPending && <Skeleton active title={false} paragraph={{ rows: 2, width: "100%" }} />}
      {!isPending && alerts.length === 0 && <p className="quiet waiting-none">{t("alerts.none")}</p>}
      <TileGrid isList className="works" count={alerts.length}>
        {alerts.map((alert) => (
          <li key={alert.key}>
            <Link to={alert.to} className="work">
              <span className="work-words">
                <span>{ownName ?? alert.name}</span>
                <span className="work-late figures">{t(`alerts.${alert.kind}`, { value: say(alert) })}</span>
              </span>
            </Link>
          </li>
        ))}
      </TileGrid>
    </Card>
  );
}
