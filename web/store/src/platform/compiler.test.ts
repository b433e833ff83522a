import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = new URL("..", import.meta.url).pathname;
const SHARED = new URL("../../../shared", import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "gen" ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes(".test.") ? [path] : [];
  });
}

// Old devices are compiled for: `10n ** 2n` becomes Math.pow(10n, 2n), which throws on the screen only.
test("no bigint is raised to a power: the store's compiler knows no such thing", () => {
  const guilty = [...sources(SOURCE), ...sources(SHARED)].filter((path) =>
    /n \*\* |\*\* BigInt/.test(readFileSync(path, "utf8")),
  );
  expect(guilty).toEqual([]);
});
