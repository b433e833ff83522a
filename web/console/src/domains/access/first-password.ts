const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look alike: it is read aloud and typed
const PARTS = 3;
const PART = 5;

/** A first password for somebody else: random, easy to read out, changed at the first sign-in. */
export function firstPassword(): string {
  const random = crypto.getRandomValues(new Uint32Array(PARTS * PART));
  const letters = [...random].map((one) => LETTERS[one % LETTERS.length]);
  return Array.from({ length: PARTS }, (_, part) =>
    letters.slice(part * PART, (part + 1) * PART).join(""),
  ).join("-");
}
