import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const API = process.env.HUILIU_API ?? "http://127.0.0.1:8000";

/** The API sees its own address, or it would take the dev server for a stranger's page. */
const SERVER = { target: API, changeOrigin: true, headers: { origin: API } };

/** Writes `x.gz` beside each text asset: the server sends it as it is instead of compressing every time. */
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
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
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
            { name: "charts", test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
            // Everything a list page shares, in one file; not the chart, which would bring ECharts along.
            {
              name: "ui",
              test: /src[\\/]ui[\\/](?!chart\.)|src[\\/](theme[\\/]\w+\.ts|problem|http|queries|lookups)/,
              priority: 10,
            },
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 20 },
          ],
        },
      },
    },
  },
  server: { fs: { allow: [".."] }, proxy: { "/api": SERVER, "/files": SERVER } },
  test: {
    globals: true,
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "../shared/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
  },
}));
