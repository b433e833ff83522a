// A new version of the web app that waits to be used.
import { useSyncExternalStore } from "react";
import { startWorker } from "@/platform/pwa";

const listeners = new Set<() => void>();
let use: (() => void) | null = null;

export function watchVersion(): void {
  startWorker((apply) => {
    use = apply;
    for (const listener of listeners) listener();
  });
}

/** What makes the new version the running one; null while there is none. */
export const useNewVersion = (): (() => void) | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => use,
    () => use,
  );
