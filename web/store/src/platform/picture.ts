import { IS_WEAPP, SERVER } from "./server";

/** A picture's address for an `img`: a mini-program knows no "where it came from". */
export const pictureOf = (path: string): string =>
  path === "" || /^(https?:|data:|blob:|wxfile:)/.test(path) ? path : SERVER + path;

/** How a picture lies in its frame, and that it comes when it is near: WeChat knows neither `object-fit` nor `loading`. */
export const inFrame = (fit: "contain" | "cover"): object =>
  IS_WEAPP
    ? { mode: fit === "contain" ? "aspectFit" : "aspectFill", lazyLoad: true }
    : { loading: "lazy", decoding: "async" };
