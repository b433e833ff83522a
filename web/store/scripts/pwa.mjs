// What makes the web app an app: its manifest, its icons and the worker that keeps it readable without a network.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSW } from "workbox-build";
import { icon } from "./icons.mjs";

const HEAD = `<link rel="manifest" href="/store/manifest.webmanifest">
<link rel="icon" type="image/png" href="/static/store/icons/icon-192.png">
<link rel="apple-touch-icon" href="/static/store/icons/touch-180.png">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111a2b">`;

const MANIFEST = {
  id: "/store/",
  name: "汇流",
  short_name: "汇流",
  description: "进货、收货、对账",
  lang: "zh-Hans",
  start_url: "/store/",
  scope: "/store/",
  display: "standalone",
  background_color: "#f6f8f9",
  theme_color: "#0f766e",
  icons: [
    { src: "/static/store/icons/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/static/store/icons/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/static/store/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
  shortcuts: [
    { name: "进货单", url: "/store/#/pages/cart/index" },
    { name: "订单", url: "/store/#/pages/orders/index" },
  ],
};

function writeIcons(built) {
  mkdirSync(join(built, "icons"), { recursive: true });
  writeFileSync(join(built, "icons/icon-192.png"), icon(192));
  writeFileSync(join(built, "icons/icon-512.png"), icon(512));
  writeFileSync(join(built, "icons/maskable-512.png"), icon(512, { isWhole: true }));
  writeFileSync(join(built, "icons/touch-180.png"), icon(180, { isWhole: true }));
}

const sha = (content) => `sha256-${createHash("sha256").update(content).digest("base64")}`;

/** Manifest and icons, and the page that names them. */
export function writeManifest(built) {
  writeIcons(built);
  writeFileSync(join(built, "manifest.webmanifest"), JSON.stringify(MANIFEST, null, 2));
  const page = join(built, "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("</title>", `</title>${HEAD}`));
}

/** The worker, once everything else stands as it will be served.
 *
 * A new one waits until the page says so: nobody's page changes under their hands. Every file is kept with its
 * checksum, so that a captive portal's pages are never taken for ours.
 */
export async function writeWorker(built) {
  const page = readFileSync(join(built, "index.html"));
  const { warnings } = await generateSW({
    globDirectory: built,
    globPatterns: ["js/*.js", "css/*.css", "assets/**", "icons/icon-192.png"],
    // The barcode reader is half a megabyte and of no use without a server to ask.
    maximumFileSizeToCacheInBytes: 400_000,
    dontCacheBustURLsMatching: /\.[0-9a-f]{8}\./,
    modifyURLPrefix: { "": "/static/store/" },
    additionalManifestEntries: [
      {
        url: "/store/",
        revision: createHash("sha256").update(page).digest("hex").slice(0, 16),
        integrity: sha(page),
      },
    ],
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) =>
          entry.url.startsWith("/static/store/")
            ? {
                ...entry,
                integrity: sha(readFileSync(join(built, entry.url.slice("/static/store/".length)))),
              }
            : entry,
        ),
      }),
    ],
    navigateFallback: "/store/",
    navigateFallbackAllowlist: [/^\/store\//],
    runtimeCaching: [
      {
        urlPattern: ({ request, sameOrigin }) => sameOrigin && request.destination === "image",
        handler: "StaleWhileRevalidate",
        options: {
          cacheName: "pictures",
          expiration: { maxEntries: 400, purgeOnQuotaError: true },
          cacheableResponse: { statuses: [200] },
        },
      },
    ],
    clientsClaim: true,
    skipWaiting: false,
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    mode: "production",
    swDest: join(built, "sw.js"),
  });
  for (const warning of warnings.filter((one) => !one.includes("exceed"))) console.warn(warning);
}
