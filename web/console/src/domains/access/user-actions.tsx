import { MoreOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Checkbox, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListUsersQueryKey,
  useChangeUser,
  useEndUserSessions,
  useResetPassword,
  useViewAs,
} from "@/gen/access/access";
import type { UserOut } from "@/gen/model";
import { ReasonDialog } from "@/ui/reason-action";
import { SecretOnce } from "@/ui/secret-once";
import { beginView } from "@/view";
import { UserForm } from "./user-form";

const ACTIONS = [
  "change",
  "see_as",
  "view_as",
  "reset_password",
  "end_sessions",
  "deactivate",
  "activate",
] as const;
type Action = (typeof ACTIONS)[number];
const DANGEROUS: readonly Action[] = ["deactivate", "end_sessions", "reset_password"];

function useCalls(user: UserOut, close: () => void) {
  const { t } = useTranslation("access");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const done = (text: string) => {
    void message.success(text);
    void queries.invalidateQueries({ queryKey: getListUsersQueryKey() });
    close();
  };
  const change = useChangeUser({
    mutation: {
      onSuccess: (after) =>
        done(t(after.is_active ? "user.activated" : "user.deactivated", { name: user.name })),
    },
  });
  const end = useEndUserSessions({
    mutation: {
      onSuccess: ({ ended }) => done(t("user.sessions_ended", { name: user.name, count: ended })),
    },
  });
  const reset = useResetPassword();
  const view = useViewAs({ mutation: { onSuccess: ({ access_token }) => beginView(access_token) } });
  return { change, end, reset, view };
}

/** What may be done to this person; each asks once more and says what it does. */
export function UserActions({ of: user }: { of: UserOut }) {
  const { t } = useTranslation(["access", "common"]);
  const navigate = useNavigate();
  const [open, setOpen] = useState<Action | null>(null);
  const [alsoFactor, setAlsoFactor] = useState(false);
  const { change, end, reset, view } = useCalls(user, () => setOpen(null));
  const actions = ACTIONS.filter((name) => user.allowed_actions.includes(name));
  if (actions.length === 0) return null;
  const start = (key: Action) => {
    for (const call of [change, end, reset, view]) call.reset();
    if (key === "see_as")
      void navigate({ to: "/settings/roles", search: { user: String(user.id) } as never });
    else setOpen(key);
  };
  const confirm = (reason: string) => {
    if (open === "activate" || open === "deactivate")
      change.mutate({ userId: user.id, data: { is_active: open === "activate", version: user.version } });
    if (open === "end_sessions") end.mutate({ userId: user.id });
    if (open === "reset_password") reset.mutate({ userId: user.id, data: { second_factor: alsoFactor } });
    if (open === "view_as") view.mutate({ userId: user.id, data: { reason } });
  };
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: actions.map((key) => ({
            key,
            label: t(`user.action.${key}`),
            danger: DANGEROUS.includes(key),
          })),
          onClick: ({ key, domEvent }) => {
            domEvent.stopPropagation();
            start(key as Action);
          },
        }}
      >
        <Button
          size="small"
          type="text"
          icon={<MoreOutlined />}
          aria-label={t("user.more", { name: user.name })}
        >
          {t("common:action.more")}
        </Button>
      </Dropdown>
      {open === "change" && <UserForm user={user} onClose={() => setOpen(null)} />}
      {reset.data && (
        <SecretOnce
          title={t("user.reset_done", { name: user.name })}
          explanation={t("user.reset_note", { username: user.username })}
          secrets={[reset.data.one_time_password]}
          onClose={() => {
            reset.reset();
            setOpen(null);
          }}
        />
      )}
      {open && open !== "change" && open !== "see_as" && !reset.data && (
        <ReasonDialog
          isOpen
          title={t(`user.action.${open}`)}
          explanation={t(`user.explain.${open}`, { name: user.name })}
          confirm={t(`user.action.${open}`)}
          isBusy={change.isPending || end.isPending || reset.isPending || view.isPending}
          problem={change.error ?? end.error ?? reset.error ?? view.error}
          isReasonNeeded={open === "view_as"}
          onClose={() => setOpen(null)}
          onConfirm={confirm}
        >
          {open === "reset_password" && user.has_totp && (
            <Checkbox checked={alsoFactor} onChange={(event) => setAlsoFactor(event.target.checked)}>
              {t("user.also_factor")}
            </Checkbox>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
