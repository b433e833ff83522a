// What this device remembers of signing in: how it was done last, the code that is on its way. Never a password.
import { drop, keep, kept } from "@/platform/storage";
import type { CodeAsked } from "./phone";

export type Way = "password" | "code";

export interface LastEntry {
  way: Way;
  /** What was typed as name or phone. */
  name: string;
}

export const lastEntry = (): LastEntry => ({
  way: "password",
  name: "",
  ...kept<Partial<LastEntry>>("entry"),
});
export const keepEntry = (entry: LastEntry): void => void keep("entry", entry);

export const codeAsked = (): CodeAsked | null => kept<CodeAsked>("asked-code");
export const keepCodeAsked = (asked: CodeAsked): void => void keep("asked-code", asked);

/** Whoever signed out wants to be asked next time, however well WeChat knows them. */
export const isSilent = (): boolean => kept<boolean>("wechat-off") !== true;
export const setSilent = (isOn: boolean): void => void (isOn ? drop("wechat-off") : keep("wechat-off", true));
