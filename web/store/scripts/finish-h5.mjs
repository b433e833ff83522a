// After the web app is built: no inline script (the content policy forbids them), the home's files and first answers
// asked for with the start's, every script judged by the engine
// itself (Taro's build succeeds with broken ones), no foreign host in them, the worker that keeps them, texts compressed
// once, all of it where the server looks.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { writeManifest, writeWorker } from "./pwa.mjs";

const built = new URL("../dist/h5/", import.meta.url).pathname;
const served = new URL("../../../src/huiliu/static/store/", import.meta.url).pathname;
const files = (place) =>
  readdirSync(place, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(place, name)).isFile(),
  );

/** What is asked for while the start's scripts are on their way: the start would ask only when it runs itself. */
function earlyScript() {
  const { start, pages } = JSON.parse(readFileSync(join(built, "pages.json"), "utf8"));
  const home = pages["pages/home/index"].filter((name) => !start.includes(name));
  const code = readFileSync(new URL("early.js", import.meta.url), "utf8");
  return code.replace("of HOME)", `of ${JSON.stringify(home.map((name) => `/static/store/${name}`))})`);
}

function withoutInlineScripts() {
  const page = join(built, "index.html");
  const html = readFileSync(page, "utf8").replace(/<script>([\s\S]*?)<\/script>/g, (_, size) => {
    const code = `${size}\n${earlyScript()}`;
    const name = `js/size.${createHash("sha256").update(code).digest("hex").slice(0, 8)}.js`;
    writeFileSync(join(built, name), code);
    return `<script src="/static/store/${name}"></script>`;
  });
  writeFileSync(page, html);
}

withoutInlineScripts();
writeManifest(built);
await writeWorker(built);
for (const name of files(built).filter((name) => name.endsWith(".js")))
  new Script(readFileSync(join(built, name), "utf8"), { filename: name });
rmSync(served, { recursive: true, force: true });
mkdirSync(served, { recursive: true });
cpSync(built, served, { recursive: true });
for (const name of files(served)) {
  const path = join(served, name);
  if (!/\.(js|css|svg|json|webmanifest)$/.test(name) || statSync(path).size < 1000) continue;
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}
