// The generated client's only door to the network: cookies, CSRF, idempotency keys, problems and lost answers.
import { uuid7 } from "@shared/ids";
import { isProblem, type Problem } from "./problem";
import { endView, viewToken } from "./view";

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
      if (one !== undefined && one !== null && one !== "") {
        pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`);
      }
    }
  }
  return pairs.length ? `?${pairs.join("&")}` : "";
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

const addressOf = (url: string): string => (url.startsWith("/api/") ? url : PREFIX + url);

function problemOf(code: string, status: number, facts: Record<string, unknown> = {}): Problem {
  return { type: "", code, title: "", status, detail: "", remedy: "", facts, fields: [], reference: "" };
}

async function refusalOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const problem = isProblem(body) ? body : problemOf("client.unreadable", response.status);
  const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return Number.isNaN(wait)
    ? problem
    : { ...problem, facts: { retry_after_seconds: wait, ...problem.facts } };
}

function bodyOf(data: unknown): { body?: BodyInit; type?: string } {
  if (data === undefined) return {};
  if (data instanceof FormData) return { body: data };
  return { body: JSON.stringify(data), type: "application/json" };
}

declare global {
  interface Window {
    /** Answers that were asked for before this script was here (public/early.js), each good for one read. */
    huiliuEarly?: Map<string, Promise<Response>>;
  }
}

function early(address: string, method: string): Promise<Response> | undefined {
  if (method !== "GET") return undefined;
  const found = window.huiliuEarly?.get(address);
  window.huiliuEarly?.delete(address);
  return found;
}

async function send(
  address: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
  asked?: Promise<Response>,
): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await (attempt === 0 && asked ? asked : fetch(address, init));
      if (response.status !== 503 || attempt >= RETRIES) return response;
    } catch (error) {
      if (signal?.aborted) throw error;
      if (attempt >= RETRIES) throw problemOf("client.offline", 0);
    }
    await new Promise((resolve) => setTimeout(resolve, 300 * 3 ** attempt));
  }
}

async function answerOf<T>(response: Response, responseType: string | undefined): Promise<T> {
  if (response.status === 204) return undefined as T;
  if (responseType === "blob") return (await response.blob()) as T;
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  return (isJson ? await response.json() : await response.text()) as T;
}

/** Sends one request; rejects with a Problem.
 *
 * A POST carries an Idempotency-Key, so a lost answer may be asked for again; one that stayed without any
 * answer keeps its key for the next attempt with the same content.
 */
export async function http<T>(request: Request): Promise<T> {
  const method = request.method.toUpperCase();
  const address = addressOf(request.url) + queryString(request.params);
  const { body, type } = bodyOf(request.data);
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang || "zh-Hans",
    ...(request.headers as object),
  };
  delete headers["Content-Type"];
  if (type) headers["Content-Type"] = type;
  if (!SAFE.has(method)) headers["X-CSRFToken"] = cookie("huiliu_csrf");
  const view = viewToken();
  if (view) headers.Authorization = `Bearer ${view}`;
  // A form's files cannot be compared: a second upload is a new intent.
  const intent = body instanceof FormData ? uuid7() : `${method} ${address} ${body ?? ""}`;
  if (method === "POST") {
    headers["Idempotency-Key"] ??= unanswered.get(intent) ?? uuid7();
    unanswered.set(intent, headers["Idempotency-Key"]);
  }
  const { signal } = request;
  const init: RequestInit = { method, headers, body, signal, credentials: "same-origin" };
  const response = await send(address, init, signal, view ? undefined : early(address, method));
  unanswered.delete(intent);
  if (response.ok) return answerOf<T>(response, request.responseType);
  const problem = await refusalOf(response);
  if (problem.code === "platform.sign_in_needed") {
    if (view) endView();
    else for (const listener of listeners) listener();
  }
  throw problem;
}

/** A file that stands beside the application, such as a map: no API, no session. */
export async function readStatic<T>(address: string, signal?: AbortSignal): Promise<T> {
  const response = await send(address, { method: "GET", credentials: "same-origin" }, signal);
  if (!response.ok) throw problemOf("client.unreadable", response.status);
  return (await response.json()) as T;
}
