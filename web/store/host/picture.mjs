// A page of the emulated host as HTML: the elements of its templates with the compiled sheets, for a browser to draw.
//   node picture.mjs SERVER USER PASSWORD ROUTE OUT.html
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Driver, pause } from "./driver.mjs";

const TAGS = {
  view: "div",
  text: "span",
  button: "button",
  input: "input",
  textarea: "textarea",
  image: "img",
  label: "label",
};
/** What WeChat does with a picture in its frame; drawn out of shape where nothing is said. */
const FITS = { aspectFit: "contain", aspectFill: "cover" };
const PLAIN = new Set(["input", "img"]);
const escaped = (text) => String(text).replace(/[&<>"]/g, (one) => `&#${one.codePointAt(0)};`);

/** What WeChat's own elements look like before a sheet says otherwise. */
const BASE = `*{box-sizing:border-box}html,body{margin:0}body{font-family:"Noto Sans CJK SC",sans-serif}
button{display:block;width:auto;border:0;background:none;font:inherit;color:inherit;padding:0;margin:0}
input,textarea{border:0;outline:0;background:none;font:inherit;color:inherit;width:100%;padding:0}img{display:inline-block}`;

function html(element) {
  if (element.text !== undefined) return escaped(element.text);
  const tag = TAGS[element.tag] ?? "div";
  const { class: name, value, src, placeholder, mode } = element.attrs;
  const fit = element.tag === "image" ? `;object-fit:${FITS[mode] ?? "fill"}!important` : "";
  const style = `${element.attrs.style ?? ""}${fit}`;
  const given = { class: `wx-${element.tag} ${name ?? ""}`, style, value, src, placeholder };
  const attributes = Object.entries(given)
    .filter(([, one]) => one)
    .map(([key, one]) => ` ${key}="${escaped(key === "style" ? points(String(one)) : one)}"`)
    .join("");
  if (PLAIN.has(tag)) return `<${tag}${attributes}>`;
  const inner = tag === "textarea" ? escaped(value ?? "") : element.children.map(html).join("");
  return `<${tag}${attributes}>${inner}</${tag}>`;
}

/** 750 rpx are as wide as the screen. */
const points = (sheet) => sheet.replace(/(-?[\d.]+)rpx/g, (_, size) => `calc(${size} * 100vw / 750)`);

/** The sheets of app and page, with what they import; names of WeChat's elements become classes. */
function sheet(folder, route) {
  const read = (path) =>
    !existsSync(path)
      ? ""
      : readFileSync(path, "utf8").replace(/@import\s+"([^"]+)";?/g, (_, name) =>
          read(join(path, "..", name)),
        );
  return points(read(join(folder, "app.wxss")) + read(join(folder, `${route}.wxss`)))
    .replace(/(^|[\s,{}>])page(?=[\s,{.[:])/g, "$1body")
    .replace(/(^|[\s,}>])(view|text|image|scroll-view)(?=[\s,{.[:>])/g, "$1.wx-$2");
}

export function pageOf(driver) {
  const { folder, top, network } = driver.host;
  return `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>${escaped(top.title)}</title>
<style>${BASE}\n${sheet(folder, top.route)}</style><body>${driver.elements().map(html).join("").replaceAll(network.allowed, network.server)}</body></html>`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [server, username, password, route, out] = process.argv.slice(2);
  const phone = Driver.built(server);
  await phone.signIn(username, password);
  await phone.host.reLaunch(`/${route}`);
  await pause(2500);
  writeFileSync(out, pageOf(phone));
  process.exit(0);
}
