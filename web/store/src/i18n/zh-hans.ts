// Every catalogue of the store's pages in simplified Chinese, by namespace; refusals have theirs a moment later.
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
} as const;
