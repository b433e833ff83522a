import { useTranslation } from "react-i18next";
import { EntryCard } from "@/domains/offline/entry-card";
import { useOutbox } from "@/domains/offline/use-outbox";
import { toTab } from "@/navigation";
import { Action } from "@/ui/action";
import { Page } from "@/ui/page";
import { Empty } from "@/ui/states";

/** Everything that was sent off from this device and has no answer yet, and what came of it today. */
export default function WaitingPage() {
  const { t } = useTranslation();
  const entries = useOutbox();
  return (
    <Page title={t("outbox.title")}>
      {entries.length === 0 ? (
        <Empty icon="send" text={t("outbox.empty")}>
          <Action onClick={() => void toTab("home")}>{t("outbox.to_home")}</Action>
        </Empty>
      ) : (
        <ul aria-label={t("outbox.title")}>
          {entries.map((entry) => (
            <EntryCard key={entry.id} of={entry} />
          ))}
        </ul>
      )}
    </Page>
  );
}
