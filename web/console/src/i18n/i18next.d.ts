import "i18next";
import type refusals from "@shared/i18n/zh-Hans/refusals.json";
import type zhHans from "./zh-hans";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof zhHans & { refusals: typeof refusals };
  }
}
