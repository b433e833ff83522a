// WeChat's template language, as far as compiled templates use it: templates, wx:for, wx:if, imports, expressions.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TOKEN = /<!--[\s\S]*?-->|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|[^<]+/g;

/** A tree of `{tag, attrs, children}` and texts. */
function parse(text) {
  const root = { tag: "", attrs: {}, children: [] };
  const open = [root];
  for (const [whole, closing, tag, attributes, isEmpty] of text.matchAll(TOKEN)) {
    if (closing) {
      if (open.pop().tag !== closing) throw new Error(`</${closing}> closes nothing`);
    } else if (tag) {
      const attrs = Object.fromEntries(
        [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value ?? ""]),
      );
      const node = { tag, attrs, children: [] };
      open.at(-1).children.push(node);
      if (!isEmpty) open.push(node);
    } else if (whole.trim() && !whole.startsWith("<!--")) open.at(-1).children.push(whole.trim());
  }
  if (open.length > 1) throw new Error(`<${open.at(-1).tag}> is never closed`);
  return root.children;
}

const compiled = new Map();

/** The value of what stands between braces; a name that nobody knows is undefined, as in WeChat. */
function evaluate(code, scope) {
  if (!compiled.has(code)) compiled.set(code, new Function("scope", `with (scope) { return (${code}) }`));
  const known = new Proxy(scope, {
    has: () => true,
    get: (all, name) => (typeof name === "string" ? all[name] : undefined),
  });
  return compiled.get(code)(known);
}

/** An attribute or a text: one expression keeps its type, several parts make a string. */
function fill(text, scope) {
  const whole = /^\{\{([\s\S]*)\}\}$/.exec(text);
  if (whole && !whole[1].includes("}}")) return evaluate(whole[1], scope);
  return text.replace(/\{\{([\s\S]*?)\}\}/g, (_, code) => String(evaluate(code, scope) ?? ""));
}

/** `data="{{a:b,c}}"`: what a template is given. */
function dataOf(text, scope) {
  const inner = /^\{\{([\s\S]*)\}\}$/.exec(text ?? "")?.[1];
  return inner ? evaluate(`{${inner}}`, scope) : {};
}

/** One wxml file with what it imports. `root` is the folder of the mini-program. */
export class Template {
  constructor(root, path) {
    this.templates = new Map();
    this.modules = {};
    this.body = this.#read(join(root, path));
    this.component = null;
  }

  #read(path) {
    const body = [];
    for (const node of parse(readFileSync(path, "utf8"))) {
      const near = (name) => (name.startsWith("/") ? name : join(dirname(path), name));
      if (node.tag === "import") this.#read(near(node.attrs.src));
      else if (node.tag === "wxs") this.modules[node.attrs.module] = moduleOf(near(node.attrs.src));
      else if (node.tag === "template" && node.attrs.name) this.templates.set(node.attrs.name, node.children);
      else body.push(node);
    }
    return body;
  }

  /** The elements that these data make. */
  render(data) {
    return this.#all(this.body, { ...data, ...this.modules });
  }

  #all(nodes, scope) {
    let isShown = false;
    return nodes.flatMap((node) => {
      if (typeof node === "string") return [{ text: String(fill(node, scope) ?? "") }];
      const { "wx:if": when, "wx:elif": orWhen, "wx:for": each, "wx:for-item": name = "item" } = node.attrs;
      if (when !== undefined) isShown = Boolean(fill(when, scope));
      else if (orWhen !== undefined || "wx:else" in node.attrs) {
        if (isShown || (orWhen !== undefined && !fill(orWhen, scope))) return [];
        isShown = true;
      }
      if (when !== undefined && !isShown) return [];
      if (each === undefined) return this.#one(node, scope);
      return (fill(each, scope) ?? []).flatMap((item, index) =>
        this.#one(node, { ...scope, [name]: item, index }),
      );
    });
  }

  #one(node, scope) {
    if (node.tag === "block") return this.#all(node.children, scope);
    if (node.tag === "template") {
      const name = fill(node.attrs.is, scope);
      if (!this.templates.has(name)) throw new Error(`there is no template ${name}`);
      return this.#all(this.templates.get(name), { ...dataOf(node.attrs.data, scope), ...this.modules });
    }
    // Deep trees go on in a component that shows the same kind of node.
    if (node.tag === "comp")
      return this.component.render({ i: fill(node.attrs.i, scope), l: fill(node.attrs.l, scope) });
    const attrs = Object.fromEntries(
      Object.entries(node.attrs)
        .filter(([attribute]) => !attribute.startsWith("wx:"))
        .map(([attribute, value]) => [attribute, fill(value, scope)]),
    );
    const element = { tag: node.tag, attrs, children: this.#all(node.children, scope), data: scope.i };
    for (const child of element.children) child.parent = element;
    return [element];
  }
}

function moduleOf(path) {
  const module = { exports: {} };
  new Function("module", "exports", readFileSync(path, "utf8"))(module, module.exports);
  return module.exports;
}
