// What a phone downloads before the store's home stands there, and what WeChat downloads before it starts: fails above
// the budgets.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 300;
const MAIN_PACKAGE_KB = 1.2 * 1024;
const here = (place) => new URL(place, import.meta.url).pathname;
const files = (root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(root, name)).isFile(),
  );
let isOver = false;

function told(what, kilobytes, budget) {
  const over = kilobytes > budget;
  isOver ||= over;
  console.log(`${what}: ${kilobytes.toFixed(0)} KB (budget ${budget.toFixed(0)})${over ? " TOO LARGE" : ""}`);
}

const web =
  process.argv.slice(2).find((one) => !one.startsWith("--")) ?? here("../../../src/huiliu/static/store/");
const zipped = (name) => gzipSync(readFileSync(join(web, name)), { level: 9 }).length / 1024;
const { start, pages } = JSON.parse(readFileSync(join(web, "pages.json"), "utf8"));
const size = readdirSync(join(web, "js")).filter((name) => /^size\.\w+\.js$/.test(name));
const first = [
  ...new Set(["index.html", ...size.map((name) => `js/${name}`), ...start, ...pages["pages/home/index"]]),
];
for (const name of process.argv.includes("--files") ? first : []) console.log(zipped(name).toFixed(1), name);
told(
  `web app, first load of home in ${first.length} files, gzip`,
  first.reduce((sum, name) => sum + zipped(name), 0),
  BUDGET_KB,
);

const weapp = here("../dist/weapp/");
if (existsSync(join(weapp, "app.json"))) {
  const { subPackages = [] } = JSON.parse(readFileSync(join(weapp, "app.json"), "utf8"));
  const main = files(weapp).filter((name) => !subPackages.some(({ root }) => name.startsWith(`${root}/`)));
  told(
    "mini-program, main package",
    main.reduce((sum, name) => sum + statSync(join(weapp, name)).size, 0) / 1024,
    MAIN_PACKAGE_KB,
  );
}
process.exit(isOver ? 1 : 0);
