import { shift } from "@shared/dates";
import { add, trim } from "@shared/decimal";

/** First and last day of the month that a day is in. */
export function monthOf(day: string): { first: string; last: string } {
  const first = `${day.slice(0, 7)}-01`;
  return { first, last: shift(shift(first, { months: 1 }), { days: -1 }) };
}

/** What a month added and what it took, both as amounts without a sign. */
export function sumsOf(lines: readonly { change: string }[]): { up: string; down: string } {
  const of = (isDown: boolean): string =>
    trim(add("0", ...lines.map(({ change }) => change).filter((one) => one.startsWith("-") === isDown)));
  return { up: of(false), down: of(true).replace(/^-/, "") };
}
