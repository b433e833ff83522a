import "i18next";
import type refusals from "@shared/i18n/zh-Hans/refusals.json";
import type zhHans from "./zh-hans";
import type pages from "./zh-hans-pages";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof zhHans & typeof pages & { refusals: typeof refusals };
  }
}
