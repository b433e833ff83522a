// The record of how a line was priced, read with care: it is JSON of its day.
import { compare, subtract } from "@shared/decimal";

const REASONS = [
  "NOT_IN_AUDIENCE",
  "NOT_YET_VALID",
  "EXPIRED",
  "OTHER_PROJECT",
  "BREAK_NOT_REACHED",
  "LOWER_LEVEL",
  "LOWER_PRIORITY",
  "WIDER_SCOPE",
  "OLDER",
  "PUBLISHED_EARLIER",
] as const;
type Reason = (typeof REASONS)[number];
export type Level = 1 | 2 | 3 | 4 | 5;

export interface ListPrice {
  list: string;
  level: Level;
  from: string;
  to: string | null;
  unit: string;
  price: string | null;
}

export interface Why {
  won: ListPrice;
  /** The wider price that the buyer would pay without its own, and how much less its own is. */
  saved: (ListPrice & { difference: string }) | null;
  others: (ListPrice & { reason: Reason })[];
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

function listPrice(value: Json): ListPrice | null {
  const level = ([1, 2, 3, 4, 5] as const).find((one) => one === value.level);
  const unit = Array.isArray(value.unit) ? textOf(value.unit[0]) : textOf(value.unit);
  if (!level || !unit) return null;
  return {
    list: textOf(value.list) ?? "",
    level,
    from: textOf(value.from) ?? "",
    to: textOf(value.to),
    unit,
    price: textOf(value.price),
  };
}

/** What of a trace is told to a buyer; null when there is nothing that we know how to read. */
export function readWhy(trace: unknown): Why | null {
  const rows = isJson(trace) && Array.isArray(trace.candidates) ? trace.candidates.filter(isJson) : [];
  let won: ListPrice | null = null;
  const others: Why["others"] = [];
  for (const row of rows) {
    const one = listPrice(row);
    const reason = REASONS.find((name) => name === row.reason);
    if (one && row.reason === "WON") won = one;
    else if (one && reason) others.push({ ...one, reason });
  }
  if (!won?.price) return null;
  const { price, unit } = won;
  const wider = others
    .filter((one) => one.reason === "LOWER_LEVEL" && one.unit === unit && one.price)
    .sort((one, other) => other.level - one.level)[0];
  const isLess = wider?.price && compare(wider.price, price) > 0;
  return {
    won,
    saved: isLess ? { ...wider, difference: subtract(wider.price ?? "0", price) } : null,
    others,
  };
}
