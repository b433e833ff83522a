// A picture as text, to keep it on the device, and back. WeChat keeps its pictures as files: there is nothing to turn.
import { IS_WEAPP } from "./server";

export function textOf(blob: Blob): Promise<string> {
  return IS_WEAPP ? Promise.reject(new Error("a mini-program has files, no blobs")) : readText(blob);
}

/** What `textOf` made: `data:image/jpeg;base64,…`; undefined in WeChat, where none was made. */
export function blobOf(text: string): Blob | undefined {
  return IS_WEAPP ? undefined : madeOf(text);
}

function readText(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function madeOf(text: string): Blob {
  const [head = "", body = ""] = text.split(",");
  const letters = atob(body);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return new Blob([bytes], { type: /^data:([^;]+)/.exec(head)?.[1] ?? "image/jpeg" });
}
