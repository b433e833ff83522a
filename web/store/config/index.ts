import path from "node:path";
import { defineConfig, type UserConfigExport } from "@tarojs/cli";
import webpack from "webpack";
import { version } from "../package.json";
import { PageFiles } from "./page-files";

const source = (...parts: string[]): string => path.resolve(__dirname, "..", ...parts);

/** TanStack's modern builds have private fields, which Taro's minifier spoils; its legacy builds have none. */
const alias = {
  "@": source("src"),
  "@shared": source("..", "shared"),
  "@tanstack/react-query": source("node_modules/@tanstack/react-query/build/legacy/index.js"),
  "@tanstack/query-core": source("node_modules/@tanstack/query-core/build/legacy/index.js"),
};

/** Taro's own stand-ins for what every browser has that `npm run build` names. */
const HAD_BY_ALL = [
  "whatwg-fetch",
  "abortcontroller-polyfill/dist/abortcontroller-polyfill-only",
  "jsonp-retry",
];

/** Texts, formats and icons are shared with other packages of the repository, so they are compiled, too. */
const compile = { include: [source("..", "shared")] };

export default defineConfig<"webpack5">(async () => {
  const isWeapp = process.env.TARO_ENV === "weapp";
  const isBuilt = process.env.NODE_ENV === "production";
  const server = process.env.HUILIU_URL ?? "http://127.0.0.1:8000";
  const config: UserConfigExport<"webpack5"> = {
    projectName: "huiliu-store",
    date: "2026-11-28",
    // Pages are drawn 750 wide: 1 px of a design is half a px of the screen.
    designWidth: 750,
    deviceRatio: { 750: 1 },
    sourceRoot: "src",
    outputRoot: `dist/${process.env.TARO_ENV}`,
    framework: "react",
    compiler: { type: "webpack5", prebundle: { enable: false } },
    // Pages are written in HTML's own tags: on the web they stay what they are, buttons among them.
    plugins: isWeapp ? ["@tarojs/plugin-html"] : [],
    alias,
    cache: { enable: !isBuilt },
    // What is not used goes only with terser: esbuild left a quarter of Taro's own parts in.
    jsMinimizer: "terser",
    terser: { enable: true, config: isWeapp ? {} : { ecma: 2020 } },
    mini: {
      compile,
      miniCssExtractPluginOption: { ignoreOrder: true },
      postcss: { pxtransform: { enable: true }, cssModules: { enable: false } },
      webpackChain(chain) {
        // WeChat has a scanner of its own: the web's reader of barcodes stays out, half of what a package may weigh.
        chain.resolve.alias.set("@zxing/browser", false as unknown as string);
        // WeChat has no AbortController, without which a query never ends, and not everywhere Intl.
        chain.plugin("absent").use(webpack.ProvidePlugin, [
          {
            AbortController: [source("src/platform/abort-controller.ts"), "AbortController"],
            Intl: [source("src/platform/intl.ts"), "Intl"],
          },
        ]);
      },
    },
    h5: {
      compile,
      publicPath: isBuilt ? "/static/store/" : "/",
      staticDirectory: "assets",
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: "css/[name].[contenthash:8].css",
        chunkFilename: "css/[name].[contenthash:8].css",
      },
      output: { filename: "js/[name].[contenthash:8].js", chunkFilename: "js/[name].[contenthash:8].js" },
      router: { mode: "hash" },
      devServer: {
        port: 5174,
        // The API sees its own address, or it would take the dev server for a stranger's page.
        proxy: [
          { context: ["/api", "/static"], target: server, changeOrigin: true, headers: { origin: server } },
        ],
      },
      postcss: { autoprefixer: { enable: true }, cssModules: { enable: false } },
      webpackChain(chain) {
        chain.plugin("pages").use(PageFiles);
        for (const one of HAD_BY_ALL) chain.resolve.alias.set(one, false as unknown as string);
        // Without groups every page carries Taro's parts again.
        chain.optimization.splitChunks({
          chunks: "all",
          maxInitialRequests: 12,
          cacheGroups: {
            taro: {
              name: "taro",
              test: /node_modules[\\/]@tarojs|node_modules[\\/]@stencil/,
              priority: 30,
              enforce: true,
            },
            vendor: {
              name: "vendor",
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
              priority: 20,
              enforce: true,
            },
          },
        });
      },
    },
  };
  config.defineConstants = {
    "process.env.TARO_APP_VERSION": JSON.stringify(version),
    ...(isWeapp && { "process.env.TARO_APP_SERVER": JSON.stringify(process.env.HUILIU_SERVER ?? "") }),
  };
  return config;
});
