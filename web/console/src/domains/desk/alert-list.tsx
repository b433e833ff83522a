import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useListDeskAlerts } from "@/gen/desk/desk";
import type { DeskAlertOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { TileGrid } from "@/ui/tile-grid";
import { useFormat } from "@/ui/use-format";
import { alertAddress, alertWords } from "./alert-words";

const COUNTED_MAX = 1_000;

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

/** What should not be as it is, each with the list of it; nothing at all when everything is in order. */
export function AlertList({ isStaff }: { isStaff: boolean }) {
  const { t } = useTranslation("desk");
  const { data: alerts } = useListDeskAlerts({ query: { refetchInterval: 60_000 } });
  if (!alerts?.length) return null;
  return (
    <Card title={t("alert.title")} className="card-first">
      <TileGrid isList className="works" count={alerts.length}>
        {alerts.map((alert) => (
          <AlertItem key={alert.key} of={alert} isStaff={isStaff} />
        ))}
      </TileGrid>
    </Card>
  );
}
