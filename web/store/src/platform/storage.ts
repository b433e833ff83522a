// What this device keeps: on the web localStorage, in WeChat its own store. Full or forbidden means: not kept.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

/** What was kept under the name, or null. */
export function kept<T>(name: string): T | null {
  try {
    const value: unknown = Taro.getStorageSync(`huiliu.${name}`);
    return value === "" || value === undefined ? null : (value as T);
  } catch {
    return null;
  }
}

/** Keeps a value; false when the device would not. */
export function keep(name: string, value: unknown): boolean {
  try {
    Taro.setStorageSync(`huiliu.${name}`, value);
    return true;
  } catch {
    return false;
  }
}

export function drop(name: string): void {
  try {
    Taro.removeStorageSync(`huiliu.${name}`);
  } catch {
    // then there was nothing
  }
}

/** The names of what is kept that begin so. */
export function namesKept(beginning: string): string[] {
  try {
    const start = `huiliu.${beginning}`;
    const names = Taro.getStorageInfoSync().keys.filter((name) => name.startsWith(start));
    return names.map((name) => name.slice("huiliu.".length));
  } catch {
    return [];
  }
}

/** Calls back when another tab of the same browser keeps or drops something of that beginning. */
export function onKeptElsewhere(beginning: string, then: () => void): () => void {
  if (IS_WEAPP) return () => undefined;
  const listen = (event: StorageEvent) => event.key?.startsWith(`huiliu.${beginning}`) && then();
  window.addEventListener("storage", listen);
  return () => window.removeEventListener("storage", listen);
}
