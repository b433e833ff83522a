import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const API = process.env.HUILIU_API ?? "http://127.0.0.1:8000";

/** The API sees its own address, or it would take the dev server for a stranger's page. */
const SERVER = { target: API, changeOrigin: true, headers: { origin: API } };

const ANTD = /node_modules[\\/](antd|@ant-design|@rc-component|@emotion|dayjs)[\\/]/;
// What the frame and the list of orders say, as src/i18n/zh-hans.ts; other words come with the other pages.
const FIRST_WORDS = /shared[\\/]i18n[\\/]zh-Hans[\\/](access|common|desk|documents|orders)\.json/;
const OURS = /src[\\/](ui[\\/](?!chart\.)|theme[\\/]\w+\.ts|problem|http|queries|lookups)/;
/** By how many pages a module is used that everybody loads at once. */
const SHARED_BY = 24;

/** Writes `x.gz` and `x.br` beside each text asset: the server sends them as they are instead of compressing every time. */
function precompressed(): Plugin {
  let directory = "";
  return {
    name: "precompressed",
    apply: "build",
    configResolved: (config) => {
      directory = resolve(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
        const path = join(directory, name);
        if (/\.(js|css|svg|json)$/.test(name) && statSync(path).size > 1000) {
          const content = readFileSync(path);
          writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
          writeFileSync(`${path}.br`, brotliCompressSync(content));
        }
      }
    },
  };
}

export default defineConfig(({ command }) => ({
  // Served by the dev server the addresses are the routes themselves; built, only the assets have a folder.
  base: command === "build" ? "/static/console/" : "/",
  plugins: [react(), precompressed()],
  resolve: {
    alias: { "@shared": resolve(import.meta.dirname, "../shared"), "@": resolve(import.meta.dirname, "src") },
  },
  build: {
    outDir: "../../src/huiliu/static/console",
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "charts", test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 40 },
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
            { name: "texts", test: FIRST_WORDS, priority: 30 },
            {
              name: "tanstack",
              test: /node_modules[\\/](@tanstack|i18next|react-i18next)[\\/]/,
              priority: 28,
            },
            // What only some pages use travels with them: a list must not load pickers, trees and uploads.
            { name: "antd", test: ANTD, tags: ["$initial"], priority: 25 },
            { name: "antd", test: ANTD, minShareCount: SHARED_BY, priority: 20 },
            { name: "ui", test: OURS, minShareCount: SHARED_BY, priority: 10 },
          ],
        },
      },
    },
  },
  server: { fs: { allow: [".."] }, proxy: { "/api": SERVER, "/files": SERVER, "/static/demo": SERVER } },
  test: {
    globals: true,
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "../shared/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
  },
}));
