import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getGetSeatsQueryOptions,
  getListUsersQueryKey,
  useChangeUser,
  useCreateUser,
} from "@/gen/access/access";
import type { Role, SeatsOut, UserOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { SecretOnce } from "@/ui/secret-once";
import { firstPassword } from "./first-password";
import { OrganizationPicker } from "./organization-picker";
import { useSession } from "./session";

interface Draft {
  organizationId: number;
  username: string;
  name: string;
  phone: string;
  email: string;
  roles: Role[];
}

function Seats({ of: seats }: { of: SeatsOut | undefined }) {
  const { t } = useTranslation("access");
  if (!seats) return null;
  if (seats.seats === null) return <p className="quiet">{t("user.seats_free", { used: seats.used })}</p>;
  const isFull = seats.used >= seats.seats;
  return (
    <p className={isFull ? "tone-text-bad" : "quiet"}>
      {t(isFull ? "user.seats_full" : "user.seats", { used: seats.used, seats: seats.seats })}
    </p>
  );
}

function Fields({
  draft,
  seats,
  isNew,
  set,
}: {
  draft: Draft;
  seats: SeatsOut | undefined;
  isNew: boolean;
  set: (change: Partial<Draft>) => void;
}) {
  const { t } = useTranslation("access");
  const roles = [...new Set([...(seats?.roles ?? []), ...draft.roles])];
  const text = (name: "username" | "name" | "phone" | "email", isDisabled = false) => (
    <label className="field">
      <span>{t(`user.${name}`)}</span>
      <Input
        value={draft[name]}
        disabled={isDisabled}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </label>
  );
  return (
    <>
      {text("name")}
      {text("username", !isNew)}
      {isNew && <p className="quiet">{t("user.username_hint")}</p>}
      <div className="fields">
        {text("phone")}
        {text("email")}
      </div>
      <fieldset className="field">
        <legend>{t("user.roles")}</legend>
        <Checkbox.Group
          className="role-choices"
          value={draft.roles}
          onChange={(roles) => set({ roles: roles as Role[] })}
        >
          {roles.map((role) => (
            <Checkbox key={role} value={role} disabled={!seats?.roles.includes(role)}>
              <span className="cell-two">
                <span>{t(`role.${role}`)}</span>
                <span className="quiet">{t(`role_note.${role}`)}</span>
              </span>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </fieldset>
    </>
  );
}

/** A new person, or one that changes; a new one gets a first password that is shown once. */
export function UserForm({
  user,
  organizationId,
  onClose,
}: {
  user?: UserOut;
  organizationId?: number;
  onClose: () => void;
}) {
  const { t } = useTranslation(["access", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const session = useSession();
  const [password] = useState(firstPassword);
  const [draft, setDraft] = useState<Draft>({
    organizationId: user?.organization_id ?? organizationId ?? session.organizationId,
    username: user?.username ?? "",
    name: user?.name ?? "",
    phone: user?.phone ?? "",
    email: user?.email ?? "",
    roles: [...(user?.roles ?? [])],
  });
  const seats = useQuery(getGetSeatsQueryOptions(draft.organizationId));
  const refresh = () => void queries.invalidateQueries({ queryKey: getListUsersQueryKey() });
  const create = useCreateUser({ mutation: { onSuccess: refresh } });
  const change = useChangeUser({
    mutation: {
      onSuccess: (changed) => {
        void message.success(t("user.changed", { name: changed.name }));
        refresh();
        onClose();
      },
    },
  });
  const { organizationId: at, username, ...details } = draft;
  const isReady = draft.name.trim() !== "" && draft.username.trim() !== "" && draft.roles.length > 0;
  const submit = () =>
    user
      ? change.mutate({ userId: user.id, data: { ...details, version: user.version } })
      : create.mutate({ data: { ...details, username, organization_id: at, password } });
  if (create.data) {
    return (
      <SecretOnce
        title={t("user.created", { name: create.data.name })}
        explanation={t("user.first_password", { username: create.data.username })}
        secrets={[password]}
        onClose={onClose}
      />
    );
  }
  return (
    <Drawer
      open
      size={480}
      onClose={onClose}
      title={user ? t("user.edit", { name: user.name }) : t("user.new")}
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t("common:action.back")}</Button>
          <Button
            type="primary"
            disabled={!isReady}
            loading={create.isPending || change.isPending}
            onClick={submit}
          >
            {t(user ? "save" : "user.create")}
          </Button>
        </div>
      }
    >
      <div className="stack">
        {!user && session.isStaff && organizationId === undefined ? (
          <div className="field">
            <span>{t("user.organization")}</span>
            <OrganizationPicker
              label={t("user.organization")}
              value={draft.organizationId}
              onPick={(picked) => picked && setDraft({ ...draft, organizationId: picked.id, roles: [] })}
            />
          </div>
        ) : (
          <p className="quiet">{user?.organization_name}</p>
        )}
        {!user && <Seats of={seats.data} />}
        <Fields
          draft={draft}
          seats={seats.data}
          isNew={!user}
          set={(part) => setDraft({ ...draft, ...part })}
        />
        <Refusal of={create.error ?? change.error} />
      </div>
    </Drawer>
  );
}
