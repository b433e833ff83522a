/** The server's address: a web app asks where it came from, a mini-program was told when it was built. */
export const SERVER: string = process.env.TARO_ENV === "weapp" ? (process.env.TARO_APP_SERVER ?? "") : "";
export const IS_WEAPP: boolean = process.env.TARO_ENV === "weapp";
/** Which release of the store this is, written in when it was built. */
export const VERSION: string = process.env.TARO_APP_VERSION ?? "";
