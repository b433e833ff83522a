// Whose device this is at the moment: what waits and what is readable belongs to one person in one organization.
import type { SessionOut } from "@/gen/model";
import { drop, keep, kept } from "@/platform/storage";

const listeners = new Set<() => void>();

export const ownerOf = (session: Pick<SessionOut, "user_id" | "organization_id">): string =>
  `${session.user_id}.${session.organization_id}`;

export const owner = (): string | null => kept<string>("owner");

/** Somebody is signed in, or nobody any more. Answers whether that is news. */
export function setOwner(next: string | null): boolean {
  if (owner() === next) return false;
  if (next === null) drop("owner");
  else keep("owner", next);
  for (const listener of listeners) listener();
  return true;
}

export function onOwner(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
