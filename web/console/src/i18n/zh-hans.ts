import access from "@shared/i18n/zh-Hans/access.json";
import common from "@shared/i18n/zh-Hans/common.json";
import desk from "@shared/i18n/zh-Hans/desk.json";
import documents from "@shared/i18n/zh-Hans/documents.json";
import orders from "@shared/i18n/zh-Hans/orders.json";

/** What the frame and the list of orders say: it is here before the first page. Vite's group `texts` names the same. */
export default {
  access,
  common,
  desk,
  documents,
  orders,
} as const;

/** The words of the other pages: they come with the page. */
export const pageWords = () => import("./zh-hans-pages").then((loaded) => loaded.default);

/** The words of refusals come a moment later, since nothing is refused yet. */
export const refusalWords = () =>
  import("@shared/i18n/zh-Hans/refusals.json").then((loaded) => loaded.default);

/** What the server says of single inputs, by its English sentence. */
export const reasonWords = () => import("@shared/i18n/reasons.json").then((loaded) => loaded.default);
