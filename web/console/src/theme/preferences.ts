import { useSyncExternalStore } from "react";
import { keep, kept } from "@/ui/kept";
import type { Density, Mode } from "./antd";

/** What a person chose for this browser; nothing here is worth a request. */
export interface Preferences {
  appearance: Mode | "system";
  density: Density;
  riseIsRed: boolean;
  menuCollapsed: boolean;
}

const KEY = "huiliu.preferences";
const DEFAULTS: Preferences = {
  appearance: "system",
  density: "dense",
  riseIsRed: true,
  menuCollapsed: false,
};

const listeners = new Set<() => void>();
const systemDark = () => window.matchMedia("(prefers-color-scheme: dark)");

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...JSON.parse(kept(KEY) ?? "{}") };
  } catch {
    return DEFAULTS; // it holds something else: the defaults do no harm
  }
}

let current = read();

/** Changes some preferences, here and in the other tabs' next visit. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  keep(KEY, JSON.stringify(current));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark().addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    systemDark().removeEventListener("change", listener);
  };
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);

/** The appearance in force: the chosen one, or the system's. */
export function useMode(): Mode {
  return useSyncExternalStore(subscribe, () =>
    current.appearance === "system" ? (systemDark().matches ? "dark" : "light") : current.appearance,
  );
}
