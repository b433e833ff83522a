/// <reference types="@tarojs/taro" />

declare module "*.png";
declare module "*.svg";
declare module "*.scss";
declare module "*.css";

/** Which of the two products this is: replaced when it is built. */
declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV: "weapp" | "h5";
    /** Where the mini-program finds the server; the web app asks its own. */
    TARO_APP_SERVER?: string;
  }
}
