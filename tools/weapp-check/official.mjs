// What an upload would compile. The package asks WeChat for the attributes of the AppID's project; here it is told them.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const APPID = "wx0000000000000000";

/** A key as WeChat hands them out, good for nothing. */
function throwAwayKey(place) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const path = join(place, "private.key");
  writeFileSync(path, privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
  return path;
}

/** What the compiler refuses: missing pages, bad settings, scripts that no engine reads. */
export async function compile(folder) {
  const ci = require("miniprogram-ci");
  const { DefaultProjectAttr } = require("miniprogram-ci/dist/config/config");
  const place = mkdtempSync(join(tmpdir(), "huiliu-weapp-"));
  try {
    const project = new ci.Project({
      appid: APPID,
      type: "miniProgram",
      projectPath: folder,
      privateKeyPath: throwAwayKey(place),
      ignores: ["node_modules/**/*"],
    });
    project.attr = async () => ({ ...DefaultProjectAttr, appid: APPID });
    const saved = join(place, "compiled");
    await quietly(() => ci.getCompiledResult({ project, version: "0.0.0", desc: "check", setting: {}, onProgressUpdate() {} }, saved));
    return readdirSync(place).length > 1 ? [] : ["nothing was compiled"];
  } catch (error) {
    return [String(error.message ?? error).split("\n").slice(0, 6).join(" ")];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** It reports to WeChat what it does and complains when nobody listens; that is no finding. */
async function quietly(work) {
  const { log, error, warn } = console;
  console.log = console.error = console.warn = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { log, error, warn });
  }
}
