import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { useListDeskAlerts } from "@/gen/desk/desk";
import type { DeskAlertOut } from "@/gen/model";
import { keep, kept } from "@/ui/kept";
import { Card } from "@/ui/page";
import { TileGrid } from "@/ui/tile-grid";
import { useFormat } from "@/ui/use-format";
import { alertAddress, alertWords } from "./alert-words";

const COUNTED_MAX = 1_000;
/** More kinds of alerts than there are. */
const KINDS_MAX = 12;

function AlertItem({ of: alert, isStaff }: { of: DeskAlertOut; isStaff: boolean }) {
  const { t } = useTranslation("desk");
  const format = useFormat();
  const minutes = alert.oldest_at ? (Date.now() - new Date(alert.oldest_at).getTime()) / 60_000 : 0;
  return (
    <li>
      <Link to={alertAddress(alert, isStaff)} className="work">
        <span className="work-count work-late figures">
          {alert.count >= COUNTED_MAX ? "999+" : alert.count}
        </span>
        <span className="work-words">
          <span>{t(alertWords(alert.key), { limit: alert.limit }) as string}</span>
          {alert.oldest_at && (
            <span className="quiet">
              {t("waiting.oldest", { age: format.duration(Math.max(60, Math.floor(minutes) * 60)) })}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

const KEY = "huiliu.alerts";

/** How many there were last time on this device: so much room is kept until they are here, and nothing jumps. */
function useExpected(count: number | undefined): number {
  const { userId } = useSession();
  const key = `${KEY}.${userId}`;
  useEffect(() => {
    if (count !== undefined) keep(key, String(count));
  }, [key, count]);
  return Math.min(Number(kept(key)) || 0, KINDS_MAX);
}

/** What should not be as it is, each with the list of it; nothing at all when everything is in order. */
export function AlertList({ isStaff, isWanted }: { isStaff: boolean; isWanted: boolean }) {
  const { t } = useTranslation("desk");
  const { data: alerts } = useListDeskAlerts({ query: { refetchInterval: 60_000, enabled: isWanted } });
  const expected = useExpected(alerts?.length);
  const count = alerts?.length ?? expected;
  if (!count) return null;
  return (
    <Card title={t("alert.title")} className="card-first">
      <TileGrid isList className="works" count={count}>
        {alerts
          ? alerts.map((alert) => <AlertItem key={alert.key} of={alert} isStaff={isStaff} />)
          : Array.from({ length: count }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
              <li key={at} className="work work-coming" aria-hidden />
            ))}
      </TileGrid>
    </Card>
  );
}
