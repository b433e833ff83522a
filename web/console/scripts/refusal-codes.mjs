// Writes the codes of every refusal the API declares: the catalogue test fails while one has no words.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL(
  process.env.HUILIU_OPENAPI
    ? `file://${process.env.HUILIU_OPENAPI}`
    : "../../../docs/reference/openapi.json",
  import.meta.url,
);
const { paths } = JSON.parse(readFileSync(path, "utf8"));
const codes = new Set();
for (const operations of Object.values(paths)) {
  for (const operation of Object.values(operations))
    for (const code of operation["x-refusals"] ?? []) codes.add(code);
}
const lines = [...codes].sort().map((code) => `  "${code}",`);
const text = [
  "// Generated from the API document. Do not edit.",
  "export const REFUSAL_CODES = [",
  ...lines,
  "] as const;",
  "",
];
writeFileSync(new URL("../src/gen/refusal-codes.ts", import.meta.url), text.join("\n"));
