// Which file belongs to which package of a mini-program, and what each weighs, as WeChat counts at the upload.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const MAIN_AT_MOST = 1.2 * 1024 * 1024;
export const OTHERS_AT_MOST = 2 * 1024 * 1024;
export const ALL_AT_MOST = 20 * 1024 * 1024;

/** The names of all files below a folder, with `/`. */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => statSync(join(folder, name)).isFile());
}

export const appIn = (folder) => JSON.parse(readFileSync(join(folder, "app.json"), "utf8"));

const subPackagesOf = (app) => app.subPackages ?? app.subpackages ?? [];

/** The addresses of all pages, those of subpackages with the package's root. */
export function pagesOf(app) {
  const others = subPackagesOf(app).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`));
  return [...app.pages, ...others];
}

/** Bytes by package; "" is the main package. */
export function weigh(folder) {
  const roots = subPackagesOf(appIn(folder)).map(({ root }) => root.replace(/\/$/, ""));
  const weights = new Map([["", 0], ...roots.map((root) => [root, 0])]);
  for (const name of filesIn(folder)) {
    const root = roots.find((one) => name.startsWith(`${one}/`)) ?? "";
    weights.set(root, weights.get(root) + statSync(join(folder, name)).size);
  }
  return weights;
}

/** What is too heavy, in words. */
export function tooHeavy(folder) {
  const weights = weigh(folder);
  const all = [...weights.values()].reduce((sum, one) => sum + one, 0);
  const found = [];
  for (const [root, bytes] of weights) {
    const most = root ? OTHERS_AT_MOST : MAIN_AT_MOST;
    if (bytes > most) found.push(`${root || "main package"}: ${kb(bytes)}, more than ${kb(most)}`);
  }
  if (all > ALL_AT_MOST) found.push(`all packages: ${kb(all)}, more than ${kb(ALL_AT_MOST)}`);
  return found;
}

export const kb = (bytes) => `${Math.round(bytes / 1024)} KB`;
