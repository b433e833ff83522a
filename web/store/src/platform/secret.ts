// Bytes that nobody can guess: for a password that somebody else will be given.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

/** Random bytes of the device's own source; in WeChat it is asked for. */
export async function secretBytes(length: number): Promise<Uint8Array> {
  if (!IS_WEAPP) return globalThis.crypto.getRandomValues(new Uint8Array(length));
  const { randomValues } = await Taro.getRandomValues({ length });
  return new Uint8Array(randomValues);
}
