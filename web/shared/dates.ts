import { type Language, UNKNOWN } from "./money";

/** Where the reader's business day is: minutes east of UTC, and the moment that decides which year is "this one". */
export interface Clock {
  offsetMinutes: number;
  now: Date;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

interface Wall {
  year: number;
  month: number;
  day: number;
  time: string;
}

const two = (value: number): string => String(value).padStart(2, "0");

function wall(at: Date, offsetMinutes: number): Wall {
  const shifted = new Date(at.getTime() + offsetMinutes * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    time: `${two(shifted.getUTCHours())}:${two(shifted.getUTCMinutes())}`,
  };
}

function sayDay(year: number, month: number, day: number, thisYear: number, language: Language): string {
  if (language === "en") {
    const name = MONTHS[month - 1] ?? "";
    return year === thisYear ? `${name} ${day}` : `${name} ${day}, ${year}`;
  }
  return year === thisYear ? `${month}月${day}日` : `${year}年${month}月${day}日`;
}

/** A moment: 11月23日 14:20; the year only when it is not this one. */
export function instant(at: string | null | undefined, language: Language, clock: Clock): string {
  if (!at) return UNKNOWN;
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return UNKNOWN;
  const shown = wall(moment, clock.offsetMinutes);
  const thisYear = wall(clock.now, clock.offsetMinutes).year;
  const dayText = sayDay(shown.year, shown.month, shown.day, thisYear, language);
  return language === "en" ? `${dayText}, ${shown.time}` : `${dayText} ${shown.time}`;
}

/** A business day ("2026-11-23", no zone): 11月23日. */
export function day(date: string | null | undefined, language: Language, clock: Clock): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? "");
  if (!found) return UNKNOWN;
  const [, year, month, dayOfMonth] = found;
  const thisYear = wall(clock.now, clock.offsetMinutes).year;
  return sayDay(Number(year), Number(month), Number(dayOfMonth), thisYear, language);
}

/** The first day of a month as a label: 2026年11月 or Nov 2026. */
export function month(date: string, language: Language): string {
  const [year = "", monthOfYear = ""] = date.split("-");
  return language === "en"
    ? `${MONTHS[Number(monthOfYear) - 1] ?? ""} ${year}`
    : `${year}年${Number(monthOfYear)}月`;
}

/** Today's business day as the API writes days. */
export function today(clock: Clock): string {
  const shown = wall(clock.now, clock.offsetMinutes);
  return `${shown.year}-${two(shown.month)}-${two(shown.day)}`;
}

/** A day some days or months later (or earlier); a month later than Jan 31 is the month's last day. */
export function shift(date: string, by: { days?: number; months?: number }): string {
  const [year = 0, monthOfYear = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, monthOfYear + (by.months ?? 0), 0)).getUTCDate();
  const moved = new Date(
    Date.UTC(year, monthOfYear - 1 + (by.months ?? 0), Math.min(dayOfMonth, lastDay) + (by.days ?? 0)),
  );
  return moved.toISOString().slice(0, 10);
}

const DURATIONS: Record<Language, readonly string[]> = {
  "zh-Hans": ["天", "小时", "分", "秒"],
  "zh-Hant": ["天", "小時", "分", "秒"],
  en: ["d", "h", "min", "s"],
};

/** How long something took, in the largest unit that fits: 3天2小时, 45秒. */
export function duration(seconds: number, language: Language): string {
  const names = DURATIONS[language];
  const sizes = [86_400, 3_600, 60, 1];
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  sizes.forEach((size, index) => {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) parts.push(`${count}${language === "en" ? " " : ""}${names[index]}`);
    rest -= count * size;
  });
  return parts.length
    ? parts.join(language === "en" ? " " : "")
    : `0${language === "en" ? " " : ""}${names[3]}`;
}
