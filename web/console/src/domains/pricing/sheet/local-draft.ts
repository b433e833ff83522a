import type { LocalDraft } from "./store";

const PREFIX = "huiliu.sheet";

const place = (userId: number, versionId: string): string => `${PREFIX}.${userId}.${versionId}`;

/** What was typed and not saved on an earlier visit; null when there is nothing or it cannot be read. */
export function readLocal(userId: number, versionId: string): LocalDraft | null {
  try {
    const text = localStorage.getItem(place(userId, versionId));
    const read: unknown = text ? JSON.parse(text) : null;
    if (typeof read !== "object" || read === null || !("changed" in read) || !("removed" in read))
      return null;
    return Array.isArray(read.changed) && Array.isArray(read.removed) ? (read as LocalDraft) : null;
  } catch {
    return null;
  }
}

/** Keeps it on this machine; false when the browser has no room or forbids it. */
export function keepLocal(userId: number, versionId: string, draft: LocalDraft | null): boolean {
  try {
    if (draft) localStorage.setItem(place(userId, versionId), JSON.stringify(draft));
    else localStorage.removeItem(place(userId, versionId));
    return true;
  } catch {
    return false;
  }
}
