import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isFull } from "@/domains/people/draft";
import { PersonForm } from "@/domains/people/person-form";
import { PersonSheet } from "@/domains/people/person-sheet";
import { useRoleWords } from "@/domains/people/use-role-words";
import { getListUsersQueryKey, listUsers, useGetSeats } from "@/gen/access/access";
import type { SeatsOut, UserOut } from "@/gen/model";
import { may, useSession } from "@/session";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Icon } from "@/ui/icon";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import "@/domains/home/home.scss";
import "@/domains/people/people.scss";

function Person({ of: user, isMe, onOpen }: { of: UserOut; isMe: boolean; onOpen: () => void }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const roles = useRoleWords();
  return (
    <li>
      <Tap className={user.is_active ? "home-row" : "home-row person-off"} onClick={onOpen}>
        <span className="person-letter" aria-hidden="true">
          {user.name.slice(0, 1)}
        </span>
        <span className="home-words">
          <span className="person-name">{user.name}</span>
          <span className="soft">{roles(user.roles)}</span>
          <span className="soft">
            {user.last_seen_at
              ? t("people.seen", { at: format.spoken(user.last_seen_at) })
              : t("people.never")}
          </span>
        </span>
        {(isMe || !user.is_active) && (
          <span className="person-mark">{t(isMe ? "people.me" : "people.inactive")}</span>
        )}
        <Icon name="next" />
      </Tap>
    </li>
  );
}

function Seats({ of: seats }: { of: SeatsOut }) {
  const { t } = useTranslation("store-mine");
  if (seats.seats === null) return <p className="soft">{t("people.seats_free", { used: seats.used })}</p>;
  return (
    <p className={isFull(seats) ? "money-line-late" : "soft"}>
      {t(isFull(seats) ? "people.seats_full" : "people.seats", { used: seats.used, seats: seats.seats })}
    </p>
  );
}

/** The people of the own house and what each may do; for its owner. */
export default function PeoplePage() {
  const { t } = useTranslation("store-mine");
  const session = useSession();
  const home = session?.organization_id ?? 0;
  const isOwner = may(session, "users:write");
  const [opened, setOpened] = useState<UserOut | "new" | null>(null);
  const [isActive, setIsActive] = useState(true);
  const query = { organization_id: home, is_active: isActive, limit: 50 };
  const people = usePages<UserOut>(
    getListUsersQueryKey(query),
    (cursor, signal) => listUsers({ ...query, cursor }, signal),
    isOwner,
  );
  const seats = useGetSeats(home, { query: { enabled: isOwner } }).data;
  const close = () => setOpened(null);
  if (session && !isOwner)
    return (
      <Page title={t("people.title")}>
        <Empty icon="lock" text={t("people.only_owner")} />
      </Page>
    );
  return (
    <Page
      title={t("people.title")}
      footer={
        seats &&
        !isFull(seats) && (
          <Action isWide onClick={() => setOpened("new")}>
            {t("people.new")}
          </Action>
        )
      }
    >
      <Chips
        isWrapped
        label={t("people.state")}
        value={isActive ? "active" : "inactive"}
        options={(["active", "inactive"] as const).map((value) => ({ value, label: t(`people.${value}`) }))}
        onChange={(value) => setIsActive(value === "active")}
      />
      <Card>
        {seats && isActive && <Seats of={seats} />}
        <Answered of={people}>
          {(users) => (
            <ul>
              {users.length === 0 && <li className="soft home-none">{t("people.none_inactive")}</li>}
              {users.map((user) => (
                <Person
                  key={user.id}
                  of={user}
                  isMe={user.id === session?.user_id}
                  onOpen={() => setOpened(user)}
                />
              ))}
            </ul>
          )}
        </Answered>
        <More of={people} />
      </Card>
      {opened === "new" && <PersonForm onClose={close} />}
      {opened !== null && opened !== "new" && <PersonSheet key={opened.id} of={opened} onClose={close} />}
    </Page>
  );
}
