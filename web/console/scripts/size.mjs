// What a person downloads before the first list shows: fails above the budget (KB, gzip).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 450;
const root = new URL(process.argv[2] ?? "../../../src/huiliu/static/console/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", root), "utf8"));
const files = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const one of chunk.imports ?? []) visit(one);
};
visit("index.html");
visit("src/routes/orders.tsx");
const kilobytes =
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, root))).length, 0) / 1024;
console.log(
  `first load of the order list: ${kilobytes.toFixed(0)} KB gzip in ${files.size} files (budget ${BUDGET})`,
);
process.exit(kilobytes > BUDGET ? 1 : 0);
