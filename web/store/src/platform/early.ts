// Answers that the web app asked for before its scripts were here (scripts/early.js); the mini-program has none.
import { IS_WEAPP } from "./server";

declare global {
  var huiliuEarly: Map<string, Promise<Response>> | undefined;
}

/** The answer to this read if it was asked for already: good for one read. Rejects as `fetch` does. */
export async function early(
  method: string,
  address: string,
): Promise<{ statusCode: number; data: unknown; header: Record<string, string> } | undefined> {
  if (IS_WEAPP) return undefined;
  const asked = globalThis.huiliuEarly;
  // What was asked before a write may say what was so before it.
  if (method !== "GET") asked?.clear();
  const found = asked?.get(address);
  if (!found) return undefined;
  asked?.delete(address);
  const response = await found;
  const type = response.headers.get("content-type") ?? "";
  const data: unknown = type.includes("json") ? await response.json() : null;
  return { statusCode: response.status, data, header: { "content-type": type } };
}
