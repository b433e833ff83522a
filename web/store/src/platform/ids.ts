import { uuid7 } from "@shared/ids";

/** WeChat has no `crypto`; the ids must differ from each other, not be secret. */
function random(bytes: Uint8Array): void {
  if (globalThis.crypto?.getRandomValues) globalThis.crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
  else for (let index = 0; index < bytes.length; index += 1) bytes[index] = Math.floor(Math.random() * 256);
}

/** A new id for a document or an intended action. */
export const newId = (): string => uuid7(Date.now(), random);
