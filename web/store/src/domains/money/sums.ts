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

export const isSome = (amount: string): boolean => !/^-?0*(\.0*)?$/.test(amount);

/** An amount with the sign of what it does to the account: `+` came, `−` went. */
export const signed = (text: string, amount: string): string =>
  amount.startsWith("-") || !isSome(amount) ? text : `+${text}`;

/** What customers owe together, and how much of it for too long; prepaid money of one pays for no other. */
export function debtsOf(accounts: readonly { balance: string; overdue: string }[]): {
  owed: string;
  overdue: string;
} {
  const owed = accounts.map(({ balance }) => balance).filter((balance) => balance.startsWith("-"));
  return {
    owed: trim(add("0", ...owed)).replace(/^-/, ""),
    overdue: trim(add("0", ...accounts.map(({ overdue }) => overdue))),
  };
}
