// wcc and wcsc: the programs that turn templates and sheets into what older base libraries run.
import { createRequire } from "node:module";

const compiler = createRequire(import.meta.url)("miniprogram-compiler");

function refusals(work) {
  const said = [];
  const { log, error, warn } = console;
  console.log = console.error = console.warn = (...words) => said.push(words.join(" "));
  try {
    const made = work();
    if (!made?.trim()) said.push("nothing was compiled");
    return made;
  } catch (thrown) {
    said.push(String(thrown.message ?? thrown));
    return "";
  } finally {
    Object.assign(console, { log, error, warn });
    refusals.said = said;
  }
}

export function templates(folder) {
  const made = refusals(() => compiler.wxmlToJs(folder));
  if (made && !made.includes("$gwx")) refusals.said.push("no templates came out");
  return refusals.said;
}

export function sheets(folder) {
  refusals(() => compiler.wxssToJs(folder));
  return refusals.said;
}
