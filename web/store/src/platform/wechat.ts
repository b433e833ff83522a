// WeChat's word for who holds the phone: a code that only the server can read. The web has none.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

/** A fresh code, good once; null where WeChat gives none. */
export async function wechatCode(): Promise<string | null> {
  if (!IS_WEAPP) return null;
  try {
    return (await Taro.login()).code || null;
  } catch {
    return null;
  }
}

/** Which mini-program this is: a brand may have several. */
export function appId(): string {
  try {
    const id = Taro.getAccountInfoSync().miniProgram.appId;
    // DevTools' visitor has none of its own; the server then takes its first.
    return /^wx[0-9a-f]+$/.test(id) ? id : "";
  } catch {
    return "";
  }
}
