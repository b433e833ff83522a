import { type Clock, day, duration, instant, today } from "@shared/dates";
import { compact, compactMoney } from "@shared/money";
import { useMemo } from "react";
import { useLanguage } from "@/i18n/language";

/** One a zone: making it takes longer than everything it is asked. */
const readers = new Map<string, Intl.DateTimeFormat>();

function readerOf(zone: string): Intl.DateTimeFormat {
  const known = readers.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  readers.set(zone, made);
  return made;
}

/** Minutes that a zone is east of UTC at a moment; the brand's zone when the browser does not know it. */
export function offsetOf(zone: string, at: Date): number {
  try {
    const parts = readerOf(zone).formatToParts(at);
    const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
    const found = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(text);
    if (!found?.[1]) return 0;
    return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
  } catch {
    return 480;
  }
}

let zone = "Asia/Shanghai";

/** The session's zone: business days on the screen are the organization's, not the browser's. */
export function setZone(name: string): void {
  zone = name || "Asia/Shanghai";
}

const clock = (): Clock => {
  const now = new Date();
  return { offsetMinutes: offsetOf(zone, now), now };
};

/** The organization's day, outside of a page. */
export const businessDay = (): string => today(clock());

/** The organization's day on which a moment fell, as 2026-11-30. */
export function businessDayOf(at: string): string {
  const now = new Date(at);
  return today({ offsetMinutes: offsetOf(zone, now), now });
}

/** Formatters that know the reader's language and the organization's day. */
export function useFormat() {
  const language = useLanguage();
  return useMemo(
    () => ({
      language,
      instant: (at: string | null | undefined) => instant(at, language, clock()),
      day: (date: string | null | undefined) => day(date, language, clock()),
      /** A day with its year, for paper that is kept. */
      fullDay: (date: string) => day(date, language, { ...clock(), now: new Date(0) }),
      today: () => today(clock()),
      duration: (seconds: number) => duration(seconds, language),
      compact: (value: string | null | undefined) => compact(value, language),
      compactMoney: (value: string | null | undefined, currency: string) =>
        compactMoney(value, currency, language),
    }),
    [language],
  );
}
