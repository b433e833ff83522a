import { SERVER } from "./server";

/** A picture's address for an `img`: a mini-program knows no "where it came from". */
export const pictureOf = (path: string): string =>
  path === "" || /^(https?:|data:|blob:|wxfile:)/.test(path) ? path : SERVER + path;
