// Ids the client makes: UUIDv7 (RFC 9562), so that a retried request names the same document.

/** Fills the array with random bytes; the mini-program brings its own. */
export type Random = (bytes: Uint8Array<ArrayBuffer>) => void;

const browserRandom: Random = (bytes) => {
  globalThis.crypto.getRandomValues(bytes);
};

/** A new UUIDv7: 48 bits of milliseconds, then 74 random bits. */
export function uuid7(now: number = Date.now(), random: Random = browserRandom): string {
  const bytes = new Uint8Array(16);
  random(bytes);
  let milliseconds = BigInt(now);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = Number(milliseconds & 0xffn);
    milliseconds >>= 8n;
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
