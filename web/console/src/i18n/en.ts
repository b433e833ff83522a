import access from "@shared/i18n/en/access.json";
import administration from "@shared/i18n/en/administration.json";
import carts from "@shared/i18n/en/carts.json";
import catalog from "@shared/i18n/en/catalog.json";
import common from "@shared/i18n/en/common.json";
import credit from "@shared/i18n/en/credit.json";
import desk from "@shared/i18n/en/desk.json";
import documents from "@shared/i18n/en/documents.json";
import fulfilment from "@shared/i18n/en/fulfilment.json";
import imports from "@shared/i18n/en/imports.json";
import insights from "@shared/i18n/en/insights.json";
import inventory from "@shared/i18n/en/inventory.json";
import jobs from "@shared/i18n/en/jobs.json";
import money from "@shared/i18n/en/money.json";
import orders from "@shared/i18n/en/orders.json";
import partners from "@shared/i18n/en/partners.json";
import prices from "@shared/i18n/en/prices.json";
import refusals from "@shared/i18n/en/refusals.json";
import sales from "@shared/i18n/en/sales.json";

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
  refusals,
} as const;
