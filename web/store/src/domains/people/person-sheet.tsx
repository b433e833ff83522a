import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getGetSeatsQueryKey,
  getListUsersQueryKey,
  useChangeUser,
  useEndUserSessions,
  useResetPassword,
} from "@/gen/access/access";
import type { UserOut } from "@/gen/model";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Facts } from "@/ui/card";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import { useFormat } from "@/ui/use-format";
import { actionsOf, type PersonAction } from "./draft";
import { FirstPassword } from "./first-password";
import { PersonForm } from "./person-form";
import { useRoleWords } from "./use-role-words";
import "./people.scss";

const DANGEROUS: readonly PersonAction[] = ["deactivate"];

function useCalls(user: UserOut, onDone: () => void) {
  const { t } = useTranslation("store-mine");
  const queries = useQueryClient();
  const renew = () => {
    void queries.invalidateQueries({ queryKey: getListUsersQueryKey() });
    void queries.invalidateQueries({ queryKey: getGetSeatsQueryKey(user.organization_id) });
  };
  const done = (sentence: string) => {
    renew();
    say(sentence);
    onDone();
  };
  const { name } = user;
  const change = useChangeUser({
    mutation: {
      onSuccess: ({ is_active }) => done(t(is_active ? "people.enabled" : "people.disabled", { name })),
    },
  });
  const end = useEndUserSessions({
    mutation: { onSuccess: () => done(t("people.sessions_ended", { name })) },
  });
  const reset = useResetPassword({ mutation: { onSuccess: renew } });
  const begin = (action: PersonAction) => {
    if (action === "reset_password") reset.mutate({ userId: user.id, data: {} });
    else if (action === "end_sessions") end.mutate({ userId: user.id });
    else
      change.mutate({ userId: user.id, data: { is_active: action === "activate", version: user.version } });
  };
  const forget = () => {
    for (const call of [change, end, reset]) call.reset();
  };
  return {
    begin,
    forget,
    password: reset.data?.one_time_password,
    isBusy: change.isPending || end.isPending || reset.isPending,
    error: change.error ?? end.error ?? reset.error,
  };
}

/** One colleague: who it is, and what may be done to them; each asks once more and says what it does. */
export function PersonSheet({ of: user, onClose }: { of: UserOut; onClose: () => void }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const roles = useRoleWords();
  const [action, setAction] = useState<PersonAction | null>(null);
  const { begin, forget, password, isBusy, error } = useCalls(user, onClose);
  const words = (one: PersonAction): string => t(`people.action.${one}`);
  const start = (one: PersonAction) => {
    forget();
    setAction(one);
  };
  if (password)
    return (
      <FirstPassword
        title={t("people.reset_done", { name: user.name })}
        name={user.name}
        username={user.username}
        password={password}
        onClose={onClose}
      />
    );
  if (action === "change") return <PersonForm user={user} onClose={onClose} />;
  if (action)
    return (
      <Asked
        isPlain
        title={words(action)}
        question={t(`people.ask.${action}`, { name: user.name })}
        confirm={words(action)}
        stay={t("devices.stay")}
        isOpen
        isBusy={isBusy}
        error={error}
        onClose={() => setAction(null)}
        onConfirm={() => begin(action)}
      />
    );
  return (
    <Sheet title={user.name} isOpen onClose={onClose}>
      <Facts
        of={[
          [t("people.username"), user.username],
          [t("people.phone"), user.phone],
          [t("people.role"), roles(user.roles)],
          [t("people.state"), t(user.is_active ? "people.active" : "people.inactive")],
          [t("people.seen_at"), user.last_seen_at ? format.spoken(user.last_seen_at) : t("people.never")],
          [t("people.password"), user.must_change_password && t("people.still_first")],
        ]}
      />
      <div className="person-actions">
        {actionsOf(user).map((one) => (
          <Action
            key={one}
            kind={one === "change" ? "main" : DANGEROUS.includes(one) ? "bad" : "plain"}
            isWide
            onClick={() => start(one)}
          >
            {words(one)}
          </Action>
        ))}
      </div>
    </Sheet>
  );
}
