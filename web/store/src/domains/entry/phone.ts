// A telephone number as people type it, and for how long no other code can be asked for.

/** `13812345678` for every way of writing a Chinese number; one from abroad keeps its `+`. */
export function plainPhone(text: string): string {
  const given = text.replace(/[^\d+]/g, "");
  const national = given.replace(/^(?:\+|00)?86(?=1\d{10}$)/, "");
  return national.replace(/(?!^)\+/g, "");
}

/** Long enough to be asked about: the server knows the numbering plans, this only spares a request. */
export const isPhone = (text: string): boolean => /^(?:1\d{10}|\+[1-9]\d{6,14})$/.test(plainPhone(text));

/** `138****5678`: enough to recognise one's own. */
export function maskedPhone(text: string): string {
  const plain = plainPhone(text);
  return plain.length < 8 ? plain : `${plain.slice(0, -8)}****${plain.slice(-4)}`;
}

/** A code that was asked for on this device: for which number, and from when another one can be. */
export interface CodeAsked {
  phone: string;
  askedAt: number;
  againAt: number;
}

const COUNTS_MS = 5 * 60_000;

/** Seconds until another code can be asked for by this number. Another number has not waited for any. */
export function secondsLeft(asked: CodeAsked | null, phone: string, now: number): number {
  if (!asked || asked.phone !== plainPhone(phone)) return 0;
  // A clock that was set back must not lock anybody out for longer than was said.
  if (now < asked.askedAt) return 0;
  return Math.max(0, Math.ceil((asked.againAt - now) / 1000));
}

/** Whether a code may still be on its way or waiting to be typed. */
export const isUnderWay = (asked: CodeAsked | null, now: number): asked is CodeAsked =>
  asked !== null && now >= asked.askedAt && now < asked.askedAt + COUNTS_MS;

/** A wait as one says it: seconds only while one would count them. */
export function waitOf(seconds: number): { unit: "seconds" | "minutes" | "hours"; count: number } {
  if (seconds <= 90) return { unit: "seconds", count: seconds };
  if (seconds <= 90 * 60) return { unit: "minutes", count: Math.ceil(seconds / 60) };
  return { unit: "hours", count: Math.ceil(seconds / 3600) };
}
