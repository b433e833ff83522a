// A line's stored trace is JSON of its day: read with care, shown only when it is what we know.

const REASONS = [
  "WON",
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

export interface TraceBreak {
  from: string;
  price: string;
}

/** Parts that only brand staff reads are null for others. */
export interface TraceCandidate {
  version: string | null;
  priority: number | null;
  width: number | null;
  listPrice: string | null;
  breaks: TraceBreak[];
  floor: string | null;
  project: string;
  list: string;
  level: 1 | 2 | 3 | 4 | 5;
  from: string;
  to: string | null;
  unit: string;
  price: string | null;
  reason: (typeof REASONS)[number];
}

export interface Trace {
  currency: string;
  amount: string;
  candidates: TraceCandidate[];
  override: TraceOverride | null;
  on: string;
  quantity: string;
  unit: string;
}

export interface TraceOverride {
  unit_price: string;
  reason: string;
  role: string;
  discount: string | null;
  approvedBy: string;
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);
const unitOf = (value: unknown): string => (Array.isArray(value) ? text(value[0]) : text(value));

function readBreaks(value: unknown): TraceBreak[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((step) =>
    Array.isArray(step) ? [{ from: text(step[0]), price: text(step[1]) }] : [],
  );
}

function readCandidate(value: unknown): TraceCandidate | null {
  if (!isJson(value)) return null;
  const reason = REASONS.find((one) => one === value.reason);
  const level = ([1, 2, 3, 4, 5] as const).find((one) => one === value.level);
  if (!reason || !level) return null;
  const unit = unitOf(value.unit);
  return {
    version: textOrNull(value.version),
    priority: numberOrNull(value.priority),
    width: numberOrNull(value.width),
    listPrice: textOrNull(value.unit_price),
    breaks: readBreaks(value.breaks),
    floor: textOrNull(value.floor),
    project: text(value.project),
    list: text(value.list),
    level,
    from: text(value.from),
    to: textOrNull(value.to),
    unit,
    price: textOrNull(value.price),
    reason,
  };
}

/** The trace, or null when the line has none (history from elsewhere). */
export function readTrace(value: unknown): Trace | null {
  if (!isJson(value) || !Array.isArray(value.candidates) || !isJson(value.query)) return null;
  const candidates = value.candidates.map(readCandidate).filter((one) => one !== null);
  if (candidates.length === 0) return null;
  const { override } = value;
  return {
    currency: text(value.query.currency),
    amount: text(value.amount),
    candidates,
    override: isJson(override)
      ? {
          unit_price: text(override.unit_price),
          reason: text(override.reason),
          role: text(override.role),
          discount: textOrNull(override.discount),
          approvedBy: text(override.approved_by_role),
        }
      : null,
    on: text(value.query.on),
    quantity: text(value.query.quantity),
    unit: unitOf(value.query.unit),
  };
}
