import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getGetSeatsQueryKey,
  getListUsersQueryKey,
  useChangeUser,
  useCreateUser,
  useGetSeats,
} from "@/gen/access/access";
import type { Role, UserOut } from "@/gen/model";
import { FAULTY, lookAtFaulty } from "@/platform/faulty";
import { secretBytes } from "@/platform/secret";
import { useSession } from "@/session";
import { Action } from "@/ui/action";
import { Check } from "@/ui/check";
import { Field } from "@/ui/field";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import { useReasons } from "@/ui/use-reasons";
import { changesOf, type Draft, draftOf, type Lack, lacksOf, NOBODY, newUserOf, withRole } from "./draft";
import { FirstPassword } from "./first-password";
import { BYTES, passwordOf } from "./password";
import "@/ui/field.scss";
import "./people.scss";

interface RolesProps {
  draft: Draft;
  offered: readonly Role[];
  problem?: string;
  onSet: (draft: Draft) => void;
}

function Roles({ draft, offered, problem, onSet }: RolesProps) {
  const { t } = useTranslation("store-mine");
  const noteOf = (role: Role): string =>
    role === "OWNER" || role === "BUYER" || role === "KEEPER" ? t(`role_note.${role}`) : "";
  return (
    // biome-ignore lint/a11y/useSemanticElements: mini-programs have no fieldset
    <div
      className={problem ? `field-set ${FAULTY}` : "field-set"}
      role="group"
      aria-label={t("people.roles")}
    >
      <p className="field-label">{t("people.roles")}</p>
      {[...new Set([...offered, ...draft.roles])].map((role) => (
        <Check
          key={role}
          label={t(`role.${role}`)}
          note={noteOf(role)}
          isOn={draft.roles.includes(role)}
          onChange={(isOn) => onSet(withRole(draft, role, isOn, offered))}
        />
      ))}
      {problem && <p className="field-problem">{problem}</p>}
    </div>
  );
}

function useSaving(user: UserOut | undefined, onClose: () => void) {
  const { t } = useTranslation("store-mine");
  const queries = useQueryClient();
  const home = useSession()?.organization_id ?? 0;
  const [password, setPassword] = useState("");
  const renew = () => {
    void queries.invalidateQueries({ queryKey: getListUsersQueryKey() });
    void queries.invalidateQueries({ queryKey: getGetSeatsQueryKey(home) });
  };
  const create = useCreateUser({ mutation: { onSuccess: renew } });
  const change = useChangeUser({
    mutation: {
      onSuccess: ({ name }) => {
        renew();
        say(t("people.changed", { name }));
        onClose();
      },
    },
  });
  const save = async (draft: Draft) => {
    if (user) return change.mutate({ userId: user.id, data: changesOf(user, draft) });
    const made = password || passwordOf(await secretBytes(BYTES));
    setPassword(made);
    create.mutate({ data: newUserOf(draft, home, made) });
  };
  return {
    save,
    made: create.data && { person: create.data, password },
    isBusy: create.isPending || change.isPending,
    error: create.error ?? change.error,
  };
}

/** A new colleague, or one whose name, phone or roles change. Nobody takes the own roles away here. */
export function PersonForm({ user, onClose }: { user?: UserOut; onClose: () => void }) {
  const { t } = useTranslation("store-mine");
  const session = useSession();
  const offered = useGetSeats(session?.organization_id ?? 0).data?.roles ?? [];
  const [draft, setDraft] = useState(user ? draftOf(user) : NOBODY);
  const [isAsked, setIsAsked] = useState(false);
  const { save, made, isBusy, error } = useSaving(user, onClose);
  const lacks = isAsked ? lacksOf(draft) : [];
  const { name, username, phone, roles } = draft;
  const { reasonOf, rest } = useReasons(
    error,
    user ? { name, phone, roles } : { name, username, phone, roles },
  );
  const problemOf = (of: Lack) => (lacks.includes(of) ? t(`people.need.${of}`) : reasonOf(of));
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const go = () => {
    setIsAsked(true);
    if (lacksOf(draft).length > 0) lookAtFaulty();
    else if (!isBusy) void save(draft);
  };
  if (made)
    return (
      <FirstPassword
        title={t("people.created", { name: made.person.name })}
        name={made.person.name}
        username={made.person.username}
        password={made.password}
        onClose={onClose}
      />
    );
  return (
    <Sheet title={user ? t("people.edit", { name: user.name }) : t("people.new")} isOpen onClose={onClose}>
      <Field
        label={t("people.name")}
        value={draft.name}
        maxLength={200}
        autoComplete="off"
        problem={problemOf("name")}
        onChange={(name) => set({ name })}
      />
      {!user && (
        <Field
          label={t("people.username")}
          help={t("people.username_help")}
          value={draft.username}
          maxLength={200}
          autoComplete="off"
          problem={problemOf("username")}
          onChange={(username) => set({ username })}
        />
      )}
      <Field
        label={t("people.phone")}
        help={t("people.phone_help")}
        type="tel"
        value={draft.phone}
        maxLength={40}
        autoComplete="off"
        problem={problemOf("phone")}
        onChange={(phone) => set({ phone })}
      />
      {user?.id !== session?.user_id && (
        <Roles draft={draft} offered={offered} problem={problemOf("roles")} onSet={setDraft} />
      )}
      {rest && <Refused error={rest} />}
      <div className="asked-actions">
        <Action isWide isBusy={isBusy} onClick={go}>
          {t(user ? "people.save" : "people.create")}
        </Action>
      </div>
    </Sheet>
  );
}
