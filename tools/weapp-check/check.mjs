// WeChat's own compilers over a mini-program that was built, without an account, an AppID or a network.
//   node check.mjs [FOLDER [CHECK]]
// Ends with 0 when all of them accept it, else with 1 and what they said.
import { resolve } from "node:path";
import { tooHeavy } from "../../web/store/scripts/weapp/packages.mjs";
import { compile } from "./official.mjs";
import { sheets, templates } from "./old-compilers.mjs";
import { diagnostics } from "./glass-easel.mjs";

const CHECKS = [
  ["size of every package", tooHeavy],
  ["templates (glass-easel)", diagnostics],
  ["templates (wcc)", templates],
  ["sheets (wcsc)", sheets],
  ["the whole app (miniprogram-ci)", compile],
];

const only = process.argv[3];
const folder = resolve(process.argv[2] ?? new URL("../../web/store/dist/weapp", import.meta.url).pathname);
let isBad = false;
for (const [name, check] of CHECKS.filter(([name]) => !only || name === only)) {
  const start = performance.now();
  const found = await check(folder);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${found.length ? "WRONG" : "   ok"}  ${name} (${seconds} s)`);
  for (const one of found) console.log(`       ${one}`);
  isBad ||= found.length > 0;
}
process.exit(isBad ? 1 : 0);
