// After the mini-program is built: checked until it may be uploaded, and beside it what it is and for whom.
//   node scripts/finish-weapp.mjs [FOLDER]     FOLDER: checked only
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { faults } from "./weapp/checks.mjs";
import { kb, weigh } from "./weapp/packages.mjs";

const server = process.env.HUILIU_SERVER ?? "";
const given = process.argv[2];
const built = given ?? new URL("../dist/weapp/", import.meta.url).pathname;

/** The app's own settings, without the folder they stood in, with the AppID where one was told. */
function settle() {
  const path = join(built, "project.config.json");
  const project = JSON.parse(readFileSync(path, "utf8"));
  project.miniprogramRoot = "./";
  project.appid = process.env.HUILIU_WEAPP_APPID || project.appid;
  writeFileSync(path, `${JSON.stringify(project, null, 2)}\n`);
}

if (!given) settle();
const wrong = faults(built, server);
if (wrong.length) {
  console.error(`The mini-program must not be uploaded:\n  ${wrong.join("\n  ")}`);
  process.exit(1);
}
const weights = weigh(built);
if (!given) {
  const record = { server, bytes: Object.fromEntries(weights) };
  writeFileSync(new URL("../dist/weapp.json", import.meta.url), `${JSON.stringify(record, null, 2)}\n`);
}
for (const [root, bytes] of weights) console.log(`${kb(bytes).padStart(8)}  ${root || "main package"}`);
console.log(`The mini-program for ${server} is in ${built}`);
if (server.endsWith(".example.com"))
  console.log("It was built to be looked at. To upload it: HUILIU_SERVER=https://your.domain make weapp");
