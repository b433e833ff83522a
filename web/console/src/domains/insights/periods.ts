import { shift } from "@shared/dates";

export const PERIODS = ["month", "month_before", "days_30", "quarter", "year", "months_12"] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Days {
  start: string;
  /** The first day that no longer belongs. */
  end: string;
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

function firstOfQuarter(day: string): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
}

/** A named period up to and including today. */
export function daysOf(name: PeriodName, today: string): Days {
  const end = shift(today, { days: 1 });
  switch (name) {
    case "month":
      return { start: firstOfMonth(today), end };
    case "month_before":
      return { start: shift(firstOfMonth(today), { months: -1 }), end: firstOfMonth(today) };
    case "days_30":
      return { start: shift(today, { days: -29 }), end };
    case "quarter":
      return { start: firstOfQuarter(today), end };
    case "year":
      return { start: `${today.slice(0, 4)}-01-01`, end };
    case "months_12":
      return { start: shift(firstOfMonth(today), { months: -11 }), end };
  }
}

/** Days for short periods, months for long ones: about as many points as a line can show. */
export const grainOf = (name: PeriodName): "day" | "month" =>
  name === "year" || name === "months_12" ? "month" : "day";

export const isPeriod = (name: string): name is PeriodName => PERIODS.some((one) => one === name);
