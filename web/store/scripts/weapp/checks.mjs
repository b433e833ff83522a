// What must hold of a mini-program before it is uploaded; each check answers what it found wrong, in words.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { absentIn } from "./globals.mjs";
import { appIn, filesIn, pagesOf, tooHeavy } from "./packages.mjs";

/** Written as names of formats and in messages for developers; nothing is ever asked of them. */
const ONLY_NAMES = [
  "www.w3.org",
  "reactjs.org",
  "react.dev",
  "react.i18next.com",
  "www.i18next.com",
  "github.com",
  "taro.com",
];
const TAB_ICON_AT_MOST = 40 * 1024;
const COMPILED = ["js", "json", "wxml"];

const scripts = (folder) => filesIn(folder).filter((name) => name.endsWith(".js"));
const read = (folder, name) => readFileSync(join(folder, name), "utf8");

/** Every page has its script, its settings and its template; its sheet is its own or the app's. */
function pages(folder) {
  const found = [];
  for (const page of pagesOf(appIn(folder)))
    for (const kind of COMPILED)
      if (!existsSync(join(folder, `${page}.${kind}`))) found.push(`${page}.${kind} is missing`);
  for (const name of ["app.js", "app.json", "app.wxss", "project.config.json"])
    if (!existsSync(join(folder, name))) found.push(`${name} is missing`);
  return found;
}

/** Tabs are pages of the main package, their icons are there and small. */
function tabs(folder) {
  const app = appIn(folder);
  const found = [];
  for (const { pagePath, iconPath, selectedIconPath } of app.tabBar?.list ?? []) {
    if (!app.pages.includes(pagePath)) found.push(`tab ${pagePath} is no page of the main package`);
    for (const icon of [iconPath, selectedIconPath].filter(Boolean)) {
      const path = join(folder, icon);
      if (!existsSync(path)) found.push(`${icon} is missing`);
      else if (statSync(path).size > TAB_ICON_AT_MOST) found.push(`${icon} is larger than 40 KB`);
    }
  }
  if (app.themeLocation && !existsSync(join(folder, app.themeLocation)))
    found.push(`${app.themeLocation} is missing`);
  return found;
}

/** Taro's build succeeds with scripts that no engine reads. */
function syntax(folder) {
  return scripts(folder).flatMap((name) => {
    try {
      execFileSync(process.execPath, ["--check", join(folder, name)], { stdio: "pipe" });
      return [];
    } catch (error) {
      return [
        `${name}: ${
          String(error.stderr)
            .split("\n")
            .find((line) => line.includes("Error")) ?? "cannot be read"
        }`,
      ];
    }
  });
}

function globals(folder) {
  return scripts(folder).flatMap((name) => absentIn(read(folder, name)).map((use) => `${name} uses ${use}`));
}

/** It speaks to the server it was built for and to nobody else. */
function hosts(folder, server) {
  const allowed = new Set([...ONLY_NAMES, new URL(server).hostname]);
  const found = [];
  for (const name of filesIn(folder).filter((one) => /\.(js|json|wxml|wxss|wxs)$/.test(one)))
    for (const [, host] of read(folder, name).matchAll(/(?:https?|wss?):\/\/([\w.-]+)/g))
      if (!allowed.has(host)) found.push(`${name} names ${host}`);
  return found;
}

/** WeChat takes nothing but an https origin; it stands in the scripts as it was told. */
function address(folder, server) {
  if (!/^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(server))
    return [`${server} is no https origin (https://shop.example.cn)`];
  return scripts(folder).some((name) => read(folder, name).includes(server))
    ? []
    : [`${server} stands in no script`];
}

/** Everything that is wrong with what was built. Later checks need what earlier ones hold. */
export function faults(folder, server) {
  const first = [...pages(folder), ...tabs(folder), ...syntax(folder), ...address(folder, server)];
  return first.length ? first : [...globals(folder), ...hosts(folder, server), ...tooHeavy(folder)];
}
