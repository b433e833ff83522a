import administration from "@shared/i18n/zh-Hans/administration.json";
import carts from "@shared/i18n/zh-Hans/carts.json";
import catalog from "@shared/i18n/zh-Hans/catalog.json";
import credit from "@shared/i18n/zh-Hans/credit.json";
import fulfilment from "@shared/i18n/zh-Hans/fulfilment.json";
import imports from "@shared/i18n/zh-Hans/imports.json";
import insights from "@shared/i18n/zh-Hans/insights.json";
import inventory from "@shared/i18n/zh-Hans/inventory.json";
import jobs from "@shared/i18n/zh-Hans/jobs.json";
import money from "@shared/i18n/zh-Hans/money.json";
import partners from "@shared/i18n/zh-Hans/partners.json";
import prices from "@shared/i18n/zh-Hans/prices.json";
import sales from "@shared/i18n/zh-Hans/sales.json";

/** What the pages say that are not the first one somebody sees. */
export default {
  administration,
  carts,
  catalog,
  credit,
  fulfilment,
  imports,
  insights,
  inventory,
  jobs,
  money,
  partners,
  prices,
  sales,
} as const;
