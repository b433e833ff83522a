import { useTranslation } from "react-i18next";
import { LinkRow } from "@/domains/home/link-row";
import { useOutbox } from "@/domains/offline/use-outbox";
import { Identities } from "@/domains/settings/identities";
import { useCountUnreadNotices } from "@/gen/desk/desk";
import { open } from "@/navigation";
import { may, useSession } from "@/session";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/states";

/** Who I am here, and everything that is mine beside the orders. */
export default function MinePage() {
  const { t } = useTranslation("store-mine");
  const session = useSession();
  const unread = useCountUnreadNotices({ query: { refetchInterval: 60_000 } }).data?.unread ?? 0;
  const unsent = useOutbox().filter(({ state }) => state !== "done").length;
  if (!session)
    return (
      <Page title={t("title")} tab="mine">
        <Skeleton />
      </Page>
    );
  return (
    <Page title={t("title")} tab="mine">
      <Card title={session.name}>
        <p>{session.organization_name}</p>
        <p className="soft">
          {[t(`kind.${session.organization_kind}`), ...session.roles.map((role) => t(`role.${role}`))].join(
            " · ",
          )}
        </p>
      </Card>
      <Identities />
      <Card>
        <ul>
          {may(session, "money:read") && (
            <LinkRow icon="wallet" name={t("menu.money")} onOpen={() => void open("money")} />
          )}
          {may(session, "stock:read") && (
            <LinkRow icon="box" name={t("menu.stock")} onOpen={() => void open("stock")} />
          )}
          {may(session, "users:write") && (
            <LinkRow icon="people" name={t("menu.people")} onOpen={() => void open("people")} />
          )}
          <LinkRow
            icon="bell"
            name={t("menu.messages")}
            note={unread > 0 ? t("menu.unread", { count: unread }) : undefined}
            onOpen={() => void open("messages")}
          />
          <LinkRow
            icon="send"
            name={t("menu.outbox")}
            note={unsent > 0 ? t("menu.waiting", { count: unsent }) : undefined}
            onOpen={() => void open("outbox")}
          />
          <LinkRow icon="settings" name={t("menu.settings")} onOpen={() => void open("settings")} />
        </ul>
      </Card>
    </Page>
  );
}
