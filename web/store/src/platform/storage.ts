// What this device keeps: on the web localStorage, in WeChat its own store. Full or forbidden means: not kept.
import Taro from "@tarojs/taro";

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
