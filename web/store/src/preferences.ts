// How this device shows the store: big font, light or dark. Kept here, not at the server: it belongs to the screen.
import { useSyncExternalStore } from "react";
import { keep, kept } from "./platform/storage";

export interface Preferences {
  isBig: boolean;
  theme: "device" | "light" | "dark";
}

const listeners = new Set<() => void>();
let current: Preferences = { isBig: false, theme: "device", ...kept<Partial<Preferences>>("preferences") };

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  keep("preferences", current);
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
    () => current,
  );
}
