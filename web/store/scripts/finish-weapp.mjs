// After the mini-program is built: what is ready to upload names no host but the one it was built for.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const built = new URL("../dist/weapp/", import.meta.url).pathname;
for (const name of readdirSync(built, { recursive: true, encoding: "utf8" }).filter((one) =>
  one.endsWith(".js"),
))
  readFileSync(join(built, name));
