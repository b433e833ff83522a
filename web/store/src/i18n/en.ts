// Every catalogue of the store in English, by namespace: one a group of pages.
import refusals from "@shared/i18n/en/refusals.json";
import store from "@shared/i18n/en/store.json";
import storeCart from "@shared/i18n/en/store-cart.json";
import storeFind from "@shared/i18n/en/store-find.json";
import storeFollow from "@shared/i18n/en/store-follow.json";
import storeMine from "@shared/i18n/en/store-mine.json";
import storeStock from "@shared/i18n/en/store-stock.json";

export default {
  store,
  "store-cart": storeCart,
  "store-find": storeFind,
  "store-follow": storeFollow,
  "store-mine": storeMine,
  "store-stock": storeStock,
  refusals,
} as const;
