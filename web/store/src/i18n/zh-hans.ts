// Every catalogue of the store in simplified Chinese, by namespace: one a group of pages.
import refusals from "@shared/i18n/zh-Hans/refusals.json";
import store from "@shared/i18n/zh-Hans/store.json";
import storeCart from "@shared/i18n/zh-Hans/store-cart.json";
import storeFind from "@shared/i18n/zh-Hans/store-find.json";
import storeFollow from "@shared/i18n/zh-Hans/store-follow.json";
import storeMine from "@shared/i18n/zh-Hans/store-mine.json";
import storeStock from "@shared/i18n/zh-Hans/store-stock.json";

export default {
  store,
  "store-cart": storeCart,
  "store-find": storeFind,
  "store-follow": storeFollow,
  "store-mine": storeMine,
  "store-stock": storeStock,
  refusals,
} as const;
