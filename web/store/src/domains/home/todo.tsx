import { duration } from "@shared/dates";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import { useOutbox } from "@/domains/offline/use-outbox";
import { useListWaiting } from "@/gen/desk/desk";
import type { DeskWorkOut } from "@/gen/model";
import { useLanguage } from "@/i18n/language";
import { open, type PAGES, toTab } from "@/navigation";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { Answered } from "@/ui/states";
import { Tap } from "@/ui/tap";
import "./home.scss";

/** Where each kind of work is done here; kinds that are done at a desk are not named, hence not shown. */
const PLACES: Record<string, keyof typeof PAGES | "orders"> = {
  "orders.to_confirm": "orders",
  "orders.to_confirm_buyer": "orders",
  "orders.to_ship": "orders",
  "shipments.to_receive": "arrivals",
  "returns.to_receive": "returns",
  "counts.to_review": "counts",
  "counts.to_count": "counts",
  "complaints.to_answer": "complaints",
};

function Work({ of: work }: { of: DeskWorkOut }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const place = PLACES[work.key];
  if (!place) return null;
  const age = work.oldest_at ? (Date.now() - new Date(work.oldest_at).getTime()) / 1000 : 0;
  return (
    <li>
      <Tap
        className="home-row"
        onClick={() => void (place === "orders" ? toTab("orders") : open(place as keyof typeof PAGES))}
      >
        <span className="home-count">{work.count}</span>
        <span className="home-words">
          <span>{t(`home.waiting.${work.key}` as ParseKeys) as string}</span>
          {age > 0 && (
            <span className="soft">
              {t("home.oldest", { age: duration(Math.max(60, Math.floor(age)), language) })}
            </span>
          )}
        </span>
        <Icon name="next" />
      </Tap>
    </li>
  );
}

/** What waits for this person, each with its count, its age and the way there. */
export function Todo() {
  const { t } = useTranslation();
  const waiting = useListWaiting({ query: { refetchInterval: 60_000 } });
  const unsent = useOutbox().filter(({ state }) => state !== "done").length;
  return (
    <Card title={t("home.todo")}>
      <Answered of={waiting} rows={1}>
        {(work) => {
          const mine = work.filter(({ key, count }) => PLACES[key] && count > 0);
          return (
            <ul>
              {unsent > 0 && (
                <li>
                  <Tap className="home-row" onClick={() => void open("outbox")}>
                    <span className="home-count">{unsent}</span>
                    <span className="home-words">{t("home.waiting.outbox")}</span>
                    <Icon name="next" />
                  </Tap>
                </li>
              )}
              {mine.map((one) => (
                <Work key={one.key} of={one} />
              ))}
              {mine.length + unsent === 0 && <li className="soft home-none">{t("home.todo_none")}</li>}
            </ul>
          );
        }}
      </Answered>
    </Card>
  );
}
