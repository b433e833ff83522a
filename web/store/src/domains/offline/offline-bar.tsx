import { useTranslation } from "react-i18next";
import { open } from "@/navigation";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { useConnection } from "./connection";
import type { Entry } from "./types";
import { useOpenEntries } from "./use-outbox";
import { useNewVersion } from "./version";
import "./offline-bar.scss";

/** What asks for the person comes before what only waits. */
function wordOf(
  entries: readonly Entry[],
): { key: "consent" | "refused" | "sign_in" | "waiting"; count: number } | null {
  const count = (is: (entry: Entry) => boolean) => entries.filter(is).length;
  const consent = count((entry) => entry.state === "consent");
  if (consent) return { key: "consent", count: consent };
  const refused = count((entry) => entry.state === "refused");
  if (refused) return { key: "refused", count: refused };
  const signIn = count((entry) => entry.why === "sign_in");
  if (signIn) return { key: "sign_in", count: signIn };
  return entries.length ? { key: "waiting", count: entries.length } : null;
}

/** Under the title of every page: how old what one reads is when the network is gone, and what waits to be sent. */
export function OfflineBar() {
  const { t } = useTranslation();
  const { isCut, asOf } = useConnection();
  const { spoken } = useFormat();
  const word = wordOf(useOpenEntries());
  const renew = useNewVersion();
  if (!isCut && !word && !renew) return null;
  return (
    <div className="offline" role="status">
      {isCut && (
        <p className="offline-age">
          {asOf ? t("offline.as_of", { at: spoken(asOf) }) : t("offline.nothing")}
        </p>
      )}
      {renew && (
        <Tap className="offline-waiting" onClick={renew}>
          <span className="offline-word">{t("update.ready")}</span>
          <Icon name="next" />
        </Tap>
      )}
      {word && (
        <Tap className={`offline-waiting offline-${word.key}`} onClick={() => void open("outbox")}>
          <span className="offline-word">{t(`outbox.bar.${word.key}`, { count: word.count })}</span>
          <Icon name="next" />
        </Tap>
      )}
    </div>
  );
}
