import access from "@shared/i18n/zh-Hans/access.json";
import administration from "@shared/i18n/zh-Hans/administration.json";
import carts from "@shared/i18n/zh-Hans/carts.json";
import catalog from "@shared/i18n/zh-Hans/catalog.json";
import common from "@shared/i18n/zh-Hans/common.json";
import credit from "@shared/i18n/zh-Hans/credit.json";
import desk from "@shared/i18n/zh-Hans/desk.json";
import documents from "@shared/i18n/zh-Hans/documents.json";
import fulfilment from "@shared/i18n/zh-Hans/fulfilment.json";
import imports from "@shared/i18n/zh-Hans/imports.json";
import insights from "@shared/i18n/zh-Hans/insights.json";
import inventory from "@shared/i18n/zh-Hans/inventory.json";
import jobs from "@shared/i18n/zh-Hans/jobs.json";
import money from "@shared/i18n/zh-Hans/money.json";
import orders from "@shared/i18n/zh-Hans/orders.json";
import partners from "@shared/i18n/zh-Hans/partners.json";
import prices from "@shared/i18n/zh-Hans/prices.json";
import sales from "@shared/i18n/zh-Hans/sales.json";

/** What every page may say at once; the words of refusals come a moment later, since nothing is refused yet. */
export default {
  common,
  access,
  administration,
  carts,
  orders,
  partners,
  catalog,
  prices,
  documents,
  fulfilment,
  imports,
  inventory,
  credit,
  desk,
  insights,
  jobs,
  money,
  sales,
} as const;

export const refusalWords = () =>
  import("@shared/i18n/zh-Hans/refusals.json").then((loaded) => loaded.default);
