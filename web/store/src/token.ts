// Who this device is for the server. On the web a cookie the page cannot read; in WeChat, which keeps no cookies, a token.
import { IS_WEAPP } from "./platform/server";
import { drop, keep, kept } from "./platform/storage";

let current: string | null = null;

export function token(): string | null {
  if (!IS_WEAPP) return null;
  current ??= kept<string>("token");
  return current;
}

export function setToken(value: string | null): void {
  current = value;
  if (value) keep("token", value);
  else drop("token");
}
