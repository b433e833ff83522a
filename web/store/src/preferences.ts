// How this device shows the store: big font, light or dark. Kept here, not at the server: it belongs to the screen.
import { useSyncExternalStore } from "react";
import { keep, kept, onKeptElsewhere } from "./platform/storage";

export interface Preferences {
  isBig: boolean;
  theme: "device" | "light" | "dark";
}

const listeners = new Set<() => void>();
const preferred = (): Preferences => ({
  isBig: false,
  theme: "device",
  ...kept<Partial<Preferences>>("preferences"),
});
let current = preferred();

function show(wanted: Preferences): void {
  current = wanted;
  for (const listener of listeners) listener();
}

export function prefer(change: Partial<Preferences>): void {
  show({ ...current, ...change });
  keep("preferences", current);
}

// Chosen in another tab it is chosen here, too.
onKeptElsewhere("preferences", () => show(preferred()));

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
