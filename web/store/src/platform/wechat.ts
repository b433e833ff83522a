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

/** Asks the person for a message of each template; what they answered, by template. Only on a press: WeChat refuses else.
 * Nothing when they put the question away, switched all messages off, or WeChat is too old for it.
 */
export async function askForMessages(templates: readonly string[]): Promise<Record<string, string>> {
  if (!IS_WEAPP) return {};
  try {
    // `entityIds` is another host's; Taro wants it named all the same.
    const told = await Taro.requestSubscribeMessage({ tmplIds: [...templates], entityIds: [] });
    const { errMsg: _, ...answers } = told as unknown as Record<string, string>;
    return answers;
  } catch {
    return {};
  }
}

/** What WeChat tells a button that asks for the phone; without a code it was not allowed, or is not to be had. */
interface PhoneEvent {
  detail: { code?: string; errMsg?: string };
}

/** Properties of a button that asks the person, on a press, for the phone number that WeChat knows: `given` hears a code
 * that only the server can read, good once. `refused`: there is none to be had, other than by a no. The web has no such button.
 */
export function phoneButton(given: (code: string) => void, refused: () => void): object {
  if (!IS_WEAPP) return {};
  return {
    openType: "getPhoneNumber",
    onGetPhoneNumber: ({ detail }: PhoneEvent) => {
      if (detail.code) given(detail.code);
      else if (!/\b(deny|cancel)\b/.test(detail.errMsg ?? "")) refused();
    },
  };
}
