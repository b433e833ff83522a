// A colleague as one enters or changes them, and what may be done to whom.
import type { Role, SeatsOut, UserChangeIn, UserIn, UserOut } from "@/gen/model";
import { isPhone, plainPhone } from "../entry/phone";

export interface Draft {
  name: string;
  username: string;
  phone: string;
  roles: readonly Role[];
}

export const NOBODY: Draft = { name: "", username: "", phone: "", roles: [] };

export const draftOf = (user: UserOut): Draft => ({
  name: user.name,
  username: user.username,
  phone: user.phone,
  roles: user.roles,
});

export type Lack = "name" | "username" | "phone" | "roles";

/** What cannot be sent as it is; the server judges the rest. */
export function lacksOf(draft: Draft): Lack[] {
  const lacks: Lack[] = [];
  if (!draft.name.trim()) lacks.push("name");
  if (!draft.username.trim()) lacks.push("username");
  if (draft.phone.trim() && !isPhone(draft.phone)) lacks.push("phone");
  if (draft.roles.length === 0) lacks.push("roles");
  return lacks;
}

/** A role more or less; in the order in which roles are offered, so that the same choice is the same list. */
export function withRole(draft: Draft, role: Role, isOn: boolean, offered: readonly Role[]): Draft {
  const wanted = new Set(isOn ? [...draft.roles, role] : draft.roles.filter((one) => one !== role));
  const order = [...new Set([...offered, ...draft.roles])];
  return { ...draft, roles: order.filter((one) => wanted.has(one)) };
}

const detailsOf = (draft: Draft) => ({ name: draft.name.trim(), phone: plainPhone(draft.phone) });

export const newUserOf = (draft: Draft, organizationId: number, password: string): UserIn => ({
  ...detailsOf(draft),
  username: draft.username.trim(),
  roles: [...draft.roles],
  organization_id: organizationId,
  password,
});

/** Only what was changed, so that what a colleague changes meanwhile is not undone beside it. */
export function changesOf(user: UserOut, draft: Draft): UserChangeIn {
  const { name, phone } = detailsOf(draft);
  const hadRoles = [...user.roles].sort().join();
  return {
    version: user.version,
    ...(name !== user.name && { name }),
    ...(phone !== user.phone && { phone }),
    ...([...draft.roles].sort().join() !== hadRoles && { roles: [...draft.roles] }),
  };
}

/** No seat is left; without a number there is no limit. */
export const isFull = (seats: Pick<SeatsOut, "used" | "seats">): boolean =>
  seats.seats !== null && seats.used >= seats.seats;

/** In the order in which they are offered; the own role stays as it is: nobody shuts oneself out by a slip. */
export const ACTIONS = ["change", "reset_password", "end_sessions", "deactivate", "activate"] as const;
export type PersonAction = (typeof ACTIONS)[number];

export const actionsOf = (user: Pick<UserOut, "allowed_actions">): PersonAction[] =>
  ACTIONS.filter((action) => user.allowed_actions.includes(action));
