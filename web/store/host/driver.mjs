// A hand and an eye for the emulated host: finds what somebody would see by its words, presses it, types, waits.
import { readFileSync } from "node:fs";
import { Host } from "./host.mjs";

const PATIENCE_MS = 15_000;
const LOOK_MS = 25;

const walk = (elements) => elements.flatMap((one) => [one, ...walk(one.children ?? [])]);
export const wordsOf = (element) =>
  element.text ??
  (element.children ?? [])
    .map(wordsOf)
    .filter(Boolean)
    .join(element.tag === "text" ? "" : " ");
const labelOf = (element) => element.data?.ariaLabel ?? element.data?.["aria-label"] ?? "";
const isHidden = (element) => /(^|;)\s*display:\s*none/.test(element.attrs?.style ?? "");
const matches = (text, wanted) =>
  wanted instanceof RegExp ? wanted.test(text) : text.replace(/\s+/g, " ").trim() === wanted;

export class Driver {
  constructor(options) {
    this.host = new Host(options);
  }

  /** The mini-program that was built here, against a server. */
  static built(server, folder = new URL("../dist/weapp/", import.meta.url).pathname) {
    const record = JSON.parse(readFileSync(new URL("../dist/weapp.json", import.meta.url), "utf8"));
    return new Driver({ folder, allowed: record.server, server });
  }

  get route() {
    return this.host.top.route;
  }

  /** What the page in front shows. */
  elements() {
    const page = this.host.top;
    return page.template ? page.template.render(page.data) : [];
  }

  text() {
    return this.elements().map(wordsOf).join(" ");
  }

  all({ label, text, tag, css, within }) {
    const among = within ? walk(within.children) : walk(this.elements());
    return among.filter((one) => {
      if (!one.tag || isHidden(one) || (tag && one.tag !== tag)) return false;
      if (css && !` ${one.attrs.class ?? ""} `.includes(` ${css} `)) return false;
      const name = labelOf(one);
      if (label !== undefined) return matches(name || (one.tag === "button" ? wordsOf(one) : ""), label);
      return text === undefined || matches(wordsOf(one), text);
    });
  }

  /** A button by its name: its label, or the words on it. */
  async button(name, within) {
    return this.until(() => this.all({ tag: "button", label: name, within })[0], `button ${name}`);
  }

  /** The input that a label stands for, or that carries the label itself. */
  async field(name) {
    return this.until(() => {
      const inputs = walk(this.elements()).filter((one) => one.tag === "input" || one.tag === "textarea");
      const labelled = inputs.find((one) => matches(labelOf(one), name));
      if (labelled) return labelled;
      const label = this.all({ tag: "label", text: name })[0];
      return (
        label &&
        inputs.find(
          (one) => one.attrs.id === label.attrs.for || one.parent === label || one.parent === label.parent,
        )
      );
    }, `field ${name}`);
  }

  /** Presses; a disabled button hears nothing. Every ancestor that listens hears it, too, unless one catches it. */
  async tap(what, within) {
    const element =
      typeof what === "string" || what instanceof RegExp ? await this.button(what, within) : what;
    if (element.tag === "button" && element.attrs.disabled)
      throw new Error(`${wordsOf(element)} cannot be pressed now`);
    for (let one = element; one; one = one.parent) {
      if (!one.attrs.bindtap && !one.attrs.catchtap) continue;
      this.#tell(one, element, "tap", { x: 0, y: 0 });
      if (one.attrs.catchtap) break;
    }
    if (element.attrs["open-type"] === "getPhoneNumber") this.#givePhone(element);
    await pause(0);
  }

  /** The person allows WeChat to tell the phone, or says no when the journey laid none before them. */
  #givePhone(button) {
    if (!button.attrs.bindgetphonenumber) throw new Error("nobody hears of the phone");
    const { phone: code } = this.host.answers;
    const detail = code ? { errMsg: "getPhoneNumber:ok", code } : { errMsg: "getPhoneNumber:fail user deny" };
    this.#tell(button, button, "getphonenumber", detail);
  }

  async type(field, value) {
    const element = typeof field === "string" || field instanceof RegExp ? await this.field(field) : field;
    const told = element.attrs.bindinput ? ["focus", "input", "blur"] : [];
    if (!told.length || element.attrs.disabled) throw new Error("nothing can be typed there");
    for (const type of told) this.#tell(element, element, type, { value, cursor: value.length });
    await pause(0);
  }

  /** Fills a form until all of it stands there: a page that draws itself anew under the first letters has nothing of them. */
  async fill(values) {
    await this.until(async () => {
      for (const [field, value] of values) await this.type(field, value);
      await pause(LOOK_MS);
      const held = await Promise.all(values.map(([field]) => this.field(field)));
      return held.every(({ attrs }, place) => attrs.value === values[place][1]);
    }, "the filled form");
  }

  async press(key, field) {
    this.#tell(field, field, key, { value: field.attrs.value ?? "" });
    await pause(0);
  }

  #tell(current, target, type, detail) {
    const of = ({ attrs }) => ({
      id: String(attrs.id ?? ""),
      dataset: { sid: attrs["data-sid"] },
      offsetLeft: 0,
      offsetTop: 0,
    });
    const page = this.host.top;
    page.eh?.({
      type,
      timeStamp: Date.now(),
      detail,
      target: of(target),
      currentTarget: of(current),
      touches: [],
      changedTouches: [],
      mark: {},
    });
  }

  /** Until it is there; else what could be seen instead. */
  async until(look, what = String(look)) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end)
        throw new Error(
          `${what} did not come. On ${this.route}: ${this.text().slice(0, 1500)}\n${this.host.complaints.join("\n")}`,
        );
      await pause(LOOK_MS);
    }
  }

  sees(words) {
    return this.until(
      () => (words instanceof RegExp ? words.test(this.text()) : this.text().includes(words)),
      `"${words}"`,
    );
  }

  arrives(route) {
    return this.until(() => this.route === route, `page ${route}`);
  }

  /** From a fresh start to the home page, through the form. */
  async signIn(username, password) {
    await this.host.launch();
    await this.arrives("pages/sign-in/index");
    await this.fill([
      [/用户名/, username],
      ["密码", password],
    ]);
    await this.tap("登录");
    await this.arrives("pages/home/index");
  }

  /** Runs a journey and prints what was seen as one JSON; a step that did not come true makes it end with 1. */
  async tell(journey) {
    const told = { said: "" };
    await journey(told).catch((error) => {
      told.error = String(error.stack);
    });
    const { complaints, network } = this.host;
    const seen = { ...told, route: this.route, text: this.text(), complaints, sent: network.sent };
    this.host.end();
    process.stdout.write(JSON.stringify(seen), () => process.exit(told.error ? 1 : 0));
  }

  async back() {
    this.host.navigateBack(1);
    await pause(0);
  }
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
