import type { Locale } from "antd/es/locale";
import zhCN from "antd/es/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

/** The components' own words; those of a language nobody speaks here are not loaded. */
const LOAD = {
  "zh-Hans": () => Promise.resolve(zhCN),
  "zh-Hant": () =>
    Promise.all([import("antd/es/locale/zh_TW"), import("dayjs/locale/zh-tw")]).then(([it]) => it.default),
  en: () => import("antd/es/locale/en_US").then((it) => it.default),
} as const;
const DAYJS = { "zh-Hans": "zh-cn", "zh-Hant": "zh-tw", en: "en" } as const;
type Code = keyof typeof LOAD;

const loaded: Partial<Record<Code, Locale>> = { "zh-Hans": zhCN };

/** Resolved when the components have their words, so that a change of language is one and not two. */
export async function componentsLearn(language: Code): Promise<void> {
  loaded[language] ??= await LOAD[language]();
}

/** What days and months are called from now on. */
export const nameDays = (language: Code): void => void dayjs.locale(DAYJS[language]);

export const componentWords = (language: Code): Locale => loaded[language] ?? zhCN;
