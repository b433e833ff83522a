const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look alike: it is read aloud and typed
const PARTS = 3;
const PART = 5;

/** Two bytes a letter, so that no letter comes noticeably more often than another. */
export const BYTES = PARTS * PART * 2;

/** A first password for a colleague, out of random bytes: easy to read out, changed at the first sign-in. */
export function passwordOf(bytes: Uint8Array): string {
  const letter = (index: number): string =>
    LETTERS.charAt((((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)) % LETTERS.length);
  return Array.from({ length: PARTS }, (_, part) =>
    Array.from({ length: PART }, (_, place) => letter(part * PART + place)).join(""),
  ).join("-");
}
