// A host for a compiled mini-program: its scripts run where no browser is, its pages stand on a stack as in WeChat.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import vm from "node:vm";
import { Network } from "./network.mjs";
import { makeWx } from "./wx.mjs";
import { Template } from "./wxml.mjs";

/** Named parameters of every script, never given: so these are undefined whatever stands around. */
const ABSENT =
  `window document navigator location history self parent top frames localStorage sessionStorage indexedDB
  fetch Headers Request Response URL URLSearchParams FormData Blob File XMLHttpRequest WebSocket AbortController
  MessageChannel TextEncoder TextDecoder structuredClone queueMicrotask crypto performance atob btoa
  requestAnimationFrame cancelAnimationFrame setImmediate IntersectionObserver process Buffer global Intl`
    .split(/\s+/)
    .filter(Boolean);
const MOST_PAGES = 10;

/** Timers that end with the host. */
class Timers {
  #open = new Set();
  #isOver = false;
  calls = {
    setTimeout: (work, after, ...given) =>
      this.#keep(setTimeout(() => !this.#isOver && work(...given), after)),
    setInterval: (work, after, ...given) => this.#keep(setInterval(work, after, ...given)),
    clearTimeout: (timer) => clearTimeout(timer),
    clearInterval: (timer) => clearInterval(timer),
  };
  #keep(timer) {
    if (this.#isOver) clearTimeout(timer);
    else this.#open.add(timer);
    return timer;
  }
  later(work) {
    this.calls.setTimeout(work, 0);
  }
  end() {
    this.#isOver = true;
    for (const timer of this.#open) clearTimeout(timer);
  }
}

export class Host {
  /** `folder`: what was built; `allowed`: the origin it was built for; `server`: where that server really is. */
  constructor({ folder, allowed, server }) {
    this.folder = folder;
    this.network = new Network(allowed, server);
    this.stored = new Map();
    this.answers = {};
    this.toasts = [];
    this.complaints = [];
    this.clipboard = "";
    this.appListeners = { AppShow: new Set(), AppHide: new Set() };
    this.timers = new Timers();
    this.stack = [];
    this.tabs = new Map();
  }

  get top() {
    return this.stack.at(-1) ?? {};
  }

  /** Loads the app and opens its first page; what was stored stays, as on a device. */
  async launch(url) {
    this.config = JSON.parse(readFileSync(join(this.folder, "app.json"), "utf8"));
    this.definitions = new Map();
    this.modules = new Map();
    this.#context();
    this.#load("app.js");
    const options = { path: this.config.pages[0], query: {}, scene: 1001, referrerInfo: {} };
    this.app.onLaunch?.(options);
    this.app.onShow?.(options);
    await this.reLaunch(url ?? `/${this.config.pages[0]}`);
  }

  #context() {
    const complain =
      (level) =>
      (...said) =>
        this.complaints.push(`${level}: ${said.map(String).join(" ").slice(0, 400)}`);
    const define = (definition) => this.definitions.set(this.loading, definition);
    this.context = vm.createContext({
      wx: makeWx(this),
      console: { log() {}, info() {}, debug() {}, warn: complain("warning"), error: complain("error") },
      ...this.timers.calls,
      App: (app) => {
        this.app = app;
      },
      Page: define,
      Component: define,
      Behavior: (one) => one,
      getApp: () => this.app,
      getCurrentPages: () => [...this.stack],
      requirePlugin: () => {
        throw new Error("there are no plugins");
      },
    });
    vm.runInContext("delete globalThis.Intl; delete globalThis.WebAssembly", this.context);
  }

  #load(path) {
    if (this.modules.has(path)) return this.modules.get(path).exports;
    const module = { exports: {} };
    this.modules.set(path, module);
    const text = readFileSync(join(this.folder, path), "utf8");
    const wrapped = `(function (require, module, exports, ${ABSENT.join(", ")}) {${text}\n})`;
    const run = vm.runInContext(wrapped, this.context, { filename: path });
    const require = (name) => {
      const near = name.startsWith("/") ? name.slice(1) : join(dirname(path), name);
      return this.#load(near.endsWith(".js") ? near : `${near}.js`);
    };
    run.call(undefined, require, module, module.exports);
    return module.exports;
  }

  #isTab(route) {
    return (this.config.tabBar?.list ?? []).some(({ pagePath }) => pagePath === route);
  }

  #template(route) {
    const template = new Template(this.folder, `${route}.wxml`);
    if (existsSync(join(this.folder, "comp.wxml"))) {
      template.component = new Template(this.folder, "comp.wxml");
      template.component.component = template.component;
    }
    return template;
  }

  /** A new page: its script is run once, its data are its own. */
  #make(url) {
    const [address, search = ""] = url.split("?");
    const route = address.replace(/^\//, "");
    this.loading = route;
    if (!this.definitions.has(route)) {
      if (!existsSync(join(this.folder, `${route}.js`))) throw new Error(`page "${route}" is not found`);
      this.#load(`${route}.js`);
    }
    const definition = this.definitions.get(route);
    const query = Object.fromEntries(
      search
        .split("&")
        .filter(Boolean)
        .map((pair) => pair.split("=")),
    );
    const page = {
      ...definition,
      data: structuredClone(definition.data ?? {}),
      route,
      __route__: route,
      options: query,
    };
    page.template = this.#template(route);
    page.title = "";
    page.setData = (patch, then) => {
      for (const [path, value] of Object.entries(patch)) assign(page.data, path, value);
      this.timers.later(() => then?.call(page));
    };
    page.start = () => {
      page.onLoad?.(query);
      page.onShow?.();
      page.onReady?.();
    };
    return page;
  }

  #leave(page) {
    if (this.tabs.get(page.route) === page) this.tabs.delete(page.route);
    page.onUnload?.();
  }

  navigateTo(url) {
    const page = this.#make(url);
    if (this.#isTab(page.route)) throw new Error("can not navigateTo a tabbar page");
    if (this.stack.length >= MOST_PAGES) throw new Error(`webview count limit exceed ${MOST_PAGES}`);
    this.stack.at(-1)?.onHide?.();
    this.stack.push(page);
    page.start();
  }

  redirectTo(url) {
    const page = this.#make(url);
    if (this.#isTab(page.route)) throw new Error("can not redirectTo a tabbar page");
    this.#leave(this.stack.pop());
    this.stack.push(page);
    page.start();
  }

  /** Tabs live on while others are looked at; whatever stood above them ends. */
  switchTab(url) {
    const route = url.split("?")[0].replace(/^\//, "");
    if (!this.#isTab(route)) throw new Error("can not switch to no-tabBar page");
    if (this.top.route === route) return;
    for (const page of this.stack.splice(0).reverse()) {
      if (this.tabs.get(page.route) === page) page.onHide?.();
      else this.#leave(page);
    }
    const known = this.tabs.get(route);
    const page = known ?? this.#make(`/${route}`);
    this.tabs.set(route, page);
    this.stack.push(page);
    if (known) page.onShow?.();
    else page.start();
  }

  async reLaunch(url) {
    for (const page of new Set([...this.stack.splice(0).reverse(), ...this.tabs.values()])) this.#leave(page);
    this.tabs.clear();
    const page = this.#make(url);
    if (this.#isTab(page.route)) this.tabs.set(page.route, page);
    this.stack.push(page);
    page.start();
  }

  navigateBack(delta) {
    if (this.stack.length < 2) throw new Error("cannot navigate back at first page");
    for (const page of this.stack.splice(Math.max(1, this.stack.length - delta)).reverse()) this.#leave(page);
    this.top.onShow?.();
  }

  copy(text) {
    this.clipboard = text;
  }

  name(title) {
    this.top.title = title;
  }

  end() {
    this.timers.end();
  }
}

/** `root.cn.[0].cl`: the path by which a page's data are changed. */
function assign(data, path, value) {
  const steps = path.split(".").map((step) => /^\[(\d+)\]$/.exec(step)?.[1] ?? step);
  let place = data;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    place[step] ??= /^\d+$/.test(steps[index + 1]) ? [] : {};
    place = place[step];
  }
  place[steps.at(-1)] = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
