// wx.request and wx.uploadFile over real HTTP, with WeChat's own rules: methods, the list of domains, strings as errors.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const METHODS = new Set(["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT"]);

/** How the network behaves: `cut` fails at once, `deaf` sends and loses the answer. A rule may decide by request. */
export class Network {
  constructor(allowed, server) {
    this.allowed = allowed;
    this.server = server;
    this.state = () => "up";
    this.sent = [];
    this.listeners = new Set();
  }

  become(state) {
    this.state = typeof state === "function" ? state : () => state;
    for (const listener of this.listeners)
      listener({ isConnected: state !== "cut", networkType: state === "cut" ? "none" : "wifi" });
  }

  isThere() {
    return this.state({ method: "GET", url: "" }) !== "cut";
  }

  /** The server of this run stands where the built mini-program thinks its domain to be. */
  #address(url) {
    if (!url.startsWith(`${this.allowed}/`)) throw new Error("url not in domain list");
    return this.server + url.slice(this.allowed.length);
  }

  async send(url, { method = "GET", header = {}, body, signal }) {
    if (!METHODS.has(method)) throw new Error(`method ${method} is invalid`);
    const address = this.#address(url);
    const state = this.state({ method, url });
    const record = { method, path: url.slice(this.allowed.length), state, status: 0 };
    this.sent.push(record);
    if (state === "cut") throw new Error("net::ERR_INTERNET_DISCONNECTED");
    const headers = { ...header, Referer: "https://servicewechat.com/touristappid/0/page-frame.html" };
    // biome-ignore lint/style/noRestrictedGlobals: this is the host's network, not the app's
    const answer = await fetch(address, { method, headers, body, signal, redirect: "manual" });
    const text = await answer.text();
    record.status = answer.status;
    if (state === "deaf") throw new Error("net::ERR_CONNECTION_RESET");
    return { statusCode: answer.status, header: Object.fromEntries(answer.headers), text };
  }
}

function bodyOf(method, data, header) {
  if (data === undefined || ["GET", "HEAD"].includes(method)) return undefined;
  header["Content-Type"] ??= "application/json";
  return typeof data === "string" ? data : JSON.stringify(data);
}

function parsed(text, dataType) {
  if (dataType !== undefined && dataType !== "json") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // as WeChat does
  }
}

/** Both calls, for the `wx` of a host. Errors are objects with `errMsg`, never exceptions. */
export function networkCalls(network) {
  const call = (name, { success, fail, complete }, work) => {
    const control = new AbortController();
    work(control.signal).then(
      (result) => {
        success?.(result);
        complete?.(result);
      },
      (error) => {
        const problem = {
          errMsg: `${name}:fail ${control.signal.aborted ? "abort" : error.message}`,
          errno: 600001,
        };
        fail?.(problem);
        complete?.(problem);
      },
    );
    return {
      abort: () => control.abort(),
      onHeadersReceived() {},
      offHeadersReceived() {},
      onProgressUpdate() {},
      offProgressUpdate() {},
    };
  };
  return {
    request: (options) =>
      call("request", options, async (signal) => {
        const method = (options.method ?? "GET").toUpperCase();
        const header = { ...options.header };
        const body = bodyOf(method, options.data, header);
        const { text, ...answer } = await network.send(options.url, { method, header, body, signal });
        return { ...answer, data: parsed(text, options.dataType), errMsg: "request:ok", cookies: [] };
      }),
    uploadFile: (options) =>
      call("uploadFile", options, async (signal) => {
        const body = new FormData();
        for (const [name, value] of Object.entries(options.formData ?? {})) body.append(name, value);
        body.append(
          options.name,
          new Blob([readFileSync(options.filePath)], { type: "image/jpeg" }),
          basename(options.filePath),
        );
        const { text, ...answer } = await network.send(options.url, {
          method: "POST",
          header: options.header,
          body,
          signal,
        });
        return { ...answer, data: text, errMsg: "uploadFile:ok" };
      }),
  };
}
