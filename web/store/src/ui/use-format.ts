import { type Clock, day, instant, today } from "@shared/dates";
import { type Language, UNKNOWN } from "@shared/money";
import i18next from "i18next";
import { useMemo } from "react";
import { useLanguage } from "@/i18n/language";
import { useSession } from "@/session";

const BRAND_ZONE_MINUTES = 480;

/** One a zone: making it costs a phone some milliseconds, and every date of a page asks. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const kept =
    formatters.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  formatters.set(zone, kept);
  return kept;
}

/** Minutes that a zone is east of UTC at a moment; the brand's zone where the device cannot tell (WeChat has no Intl). */
export function offsetOf(zone: string, at: Date): number {
  try {
    const parts = formatterOf(zone).formatToParts(at);
    const found = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(
      parts.find((part) => part.type === "timeZoneName")?.value ?? "",
    );
    if (!found) return BRAND_ZONE_MINUTES;
    return found[1] ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
  } catch {
    return BRAND_ZONE_MINUTES;
  }
}

/** How far a moment's business day is from today's: -1 yesterday, 1 tomorrow. */
export function daysFrom(at: string, clock: Clock): number {
  const dayOf = (moment: Date) => Math.floor((moment.getTime() + clock.offsetMinutes * 60_000) / 86_400_000);
  return dayOf(new Date(at)) - dayOf(clock.now);
}

const NEAR: Record<number, "yesterday" | "today" | "tomorrow"> = {
  [-1]: "yesterday",
  0: "today",
  1: "tomorrow",
};

/** A moment as one says it: 今天 14:20, 明天 09:00, else 11月23日 14:20. `isDay` leaves the time away. */
export function spoken(
  at: string | null | undefined,
  language: Language,
  clock: Clock,
  isDay = false,
): string {
  const plain = instant(at, language, clock);
  if (!at || plain === UNKNOWN) return UNKNOWN;
  const near = NEAR[daysFrom(at, clock)];
  const time = plain.slice(-5);
  const name = near
    ? String(i18next.t(`store-follow:near.${near}` as never))
    : plain.slice(0, -6).replace(/,$/, "");
  return isDay ? name : `${name} ${time}`;
}

/** Formatters that know the reader's language and the organization's day. */
export function useFormat() {
  const language = useLanguage();
  const zone = useSession()?.timezone ?? "Asia/Shanghai";
  return useMemo(() => {
    const clock = (): Clock => {
      const now = new Date();
      return { offsetMinutes: offsetOf(zone, now), now };
    };
    return {
      language,
      instant: (at: string | null | undefined) => instant(at, language, clock()),
      spoken: (at: string | null | undefined) => spoken(at, language, clock()),
      spokenDay: (at: string | null | undefined) => spoken(at, language, clock(), true),
      day: (date: string | null | undefined) => day(date, language, clock()),
      /** Business days until a moment: 0 today, below it in the past. */
      daysUntil: (at: string) => daysFrom(at, clock()),
      today: () => today(clock()),
    };
  }, [language, zone]);
}
