// What a session's browser calls itself, as its owner would call it.
const KINDS = ["DEVICE", "BROWSER", "CLIENT", "VIEW_AS", "WECHAT"] as const;
export type DeviceKind = (typeof KINDS)[number] | "unknown";

/** First match counts: every browser claims to be some other one, too. */
const HOSTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/MicroMessenger/i, ""],
  [/HarmonyOS|OpenHarmony/i, "HarmonyOS"],
  [/iPhone/i, "iPhone"],
  [/iPad/i, "iPad"],
  [/Android/i, "Android"],
  [/Windows/i, "Windows"],
  [/Macintosh|Mac OS X/i, "Mac"],
  [/Linux|X11/i, "Linux"],
];

/** The kind of a session, and the system it runs on where the browser says so. */
export function deviceName(kind: string, userAgent: string): { kind: DeviceKind; host: string } {
  const known = KINDS.find((one) => one === kind) ?? "unknown";
  return { kind: known, host: HOSTS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? "" };
}
