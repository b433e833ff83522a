// The template compiler of WeChat's present component framework, which says where a template is wrong.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { TmplGroup } = createRequire(import.meta.url)("glass-easel-template-compiler");

/** Errors and warnings of every template and of the scripts beside them. */
export function diagnostics(folder) {
  const group = new TmplGroup();
  const found = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".wxs")) group.addScript(name.slice(0, -4), readFileSync(join(folder, name), "utf8"));
    if (!name.endsWith(".wxml")) continue;
    const told = group.addTmpl(name.slice(0, -5), readFileSync(join(folder, name), "utf8")) ?? [];
    for (const one of told) found.push(`${name}: ${typeof one === "string" ? one : JSON.stringify(one)}`);
  }
  group.free();
  return found;
}
