// The generated client's only door to the network: identity, idempotency keys, problems and lost answers.
import Taro from "@tarojs/taro";
import i18next from "i18next";
import { early } from "./platform/early";
import { newId } from "./platform/ids";
import { IS_WEAPP, SERVER } from "./platform/server";
import { isProblem, type Problem, problemOf } from "./problem";
import { token } from "./token";

export interface Request {
  url: string;
  method: string;
  params?: object;
  data?: unknown;
  headers?: object;
  signal?: AbortSignal;
  responseType?: string;
}

/** What a hook's `error` is: a problem document with the seconds to wait where the server named them. */
export type ErrorType<_Declared> = Problem;
export type BodyType<Body> = Body;

const PREFIX = "/api/v1";
const SAFE = new Set(["GET", "HEAD"]);
const RETRIES = 2;
const TIMEOUT_MS = 20_000;

/** Keys of POSTs that never got an answer: sending the same thing again must not do it twice. */
const unanswered = new Map<string, string>();
const listeners = new Set<() => void>();

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `a=1&a=2` for arrays; nothing for what is not set. */
export function queryString(params: object | undefined): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(params ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "")
        pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`);
    }
  }
  return pairs.length ? `?${pairs.join("&")}` : "";
}

export const addressOf = (url: string): string => SERVER + (url.startsWith("/api/") ? url : PREFIX + url);

function cookie(name: string): string {
  if (IS_WEAPP) return "";
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** What every request carries: language, identity, and for writes on the web the proof that this page sends it. */
export function headersOf(method: string, extra: object = {}): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": i18next.language || "zh-Hans",
    ...(extra as Record<string, string>),
  };
  delete headers["Content-Type"];
  const bearer = token();
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  else if (!SAFE.has(method)) headers["X-CSRFToken"] = cookie("huiliu_csrf");
  return headers;
}

interface Answer {
  statusCode: number;
  data: unknown;
  header: Record<string, string>;
}

/** A captive portal answers for anybody, in pages: an answer that is no JSON is no answer. */
function isFromElsewhere({ statusCode, header }: Answer): boolean {
  const type = String(header["content-type"] ?? header["Content-Type"] ?? "");
  return statusCode !== 204 && !type.includes("json");
}

async function ask(options: Taro.request.Option, signal: AbortSignal | undefined): Promise<Answer> {
  const task = Taro.request({ ...options, timeout: TIMEOUT_MS });
  signal?.addEventListener("abort", () => task.abort?.());
  return (await task) as unknown as Answer;
}

async function send(options: Taro.request.Option, signal: AbortSignal | undefined): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = (await early(options.method ?? "GET", options.url)) ?? (await ask(options, signal));
      if (isFromElsewhere(answer)) throw problemOf("client.offline", 0);
      if (answer.statusCode !== 503 || attempt >= RETRIES) return answer;
    } catch (error) {
      if (signal?.aborted) throw error;
      // Taro rejects a refused request on the web where WeChat resolves it.
      const refused = error as Partial<Answer> & { status?: number; headers?: Record<string, string> };
      const status = refused.statusCode ?? refused.status;
      if (status && isProblem(refused.data))
        return { statusCode: status, data: refused.data, header: refused.header ?? refused.headers ?? {} };
      if (attempt >= RETRIES) throw problemOf("client.offline", 0);
    }
    await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt));
  }
}

function refusalOf({ data, statusCode, header }: Answer): Problem {
  const problem = isProblem(data) ? data : problemOf("client.unreadable", statusCode);
  const wait = Number.parseInt(header["retry-after"] ?? header["Retry-After"] ?? "", 10);
  return Number.isNaN(wait)
    ? problem
    : { ...problem, facts: { retry_after_seconds: wait, ...problem.facts } };
}

/** Sends one request; rejects with a Problem. `client.offline` says that no answer of ours came.
 *
 * A POST carries an Idempotency-Key, so a lost answer may be asked for again; one that stayed without any
 * answer keeps its key for the next attempt with the same content.
 */
export async function http<T>(request: Request): Promise<T> {
  const method = request.method.toUpperCase();
  const url = addressOf(request.url) + queryString(request.params);
  const header = headersOf(method, request.headers);
  const data = request.data === undefined ? undefined : JSON.stringify(request.data);
  if (data !== undefined) header["Content-Type"] = "application/json";
  const intent = `${method} ${url} ${data ?? ""}`;
  if (method === "POST") {
    header["Idempotency-Key"] ??= unanswered.get(intent) ?? newId();
    unanswered.set(intent, header["Idempotency-Key"]);
  }
  const answer = await send(
    { url, method: method as "GET", data, header, dataType: "json", credentials: "same-origin" },
    request.signal,
  );
  unanswered.delete(intent);
  if (answer.statusCode < 400) return (answer.statusCode === 204 ? undefined : answer.data) as T;
  const problem = refusalOf(answer);
  if (problem.code === "platform.sign_in_needed") for (const listener of listeners) listener();
  throw problem;
}
