// A setting describes its own form; it is read with care, for it comes from the server as plain JSON.

import { serverWord } from "@/i18n/server-words";

export interface Option {
  code: string;
  label_zh: string;
  label_en: string;
}

export interface Shape {
  kind: string;
  low?: number;
  high?: number;
  pattern?: string;
  options?: Option[];
  allowed?: string[][];
  parts?: (Shape & { name: string; label_zh: string; label_en: string })[];
}

export const shapeOf = (kind: string, limits: Record<string, unknown>): Shape => ({ kind, ...limits });

/** The words of the reader's language. */
export const said = (words: { label_zh: string; label_en: string }, language: string): string =>
  serverWord({ zh: words.label_zh, en: words.label_en }, language);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** Whether a value may be sent; the server says why not where this does not know. */
export function fits(shape: Shape, value: unknown): boolean {
  if (shape.kind === "record")
    return isRecord(value) && (shape.parts ?? []).every((part) => fits(part, value[part.name]));
  if (shape.kind === "whole")
    return (
      typeof value === "number" &&
      Number.isInteger(value) &&
      value >= (shape.low ?? Number.MIN_SAFE_INTEGER) &&
      value <= (shape.high ?? Number.MAX_SAFE_INTEGER)
    );
  if (shape.kind === "text")
    return typeof value === "string" && new RegExp(`^(?:${shape.pattern ?? ".*"})$`, "u").test(value);
  if (shape.kind === "several" && shape.allowed) {
    const given = [...texts(value)].sort().join();
    return shape.allowed.some((one) => [...one].sort().join() === given);
  }
  return value !== undefined && value !== null;
}

/** What the next document would be numbered; null for a setting that numbers nothing. */
export function exampleNumber(key: string, value: unknown, day: string): string | null {
  if (!key.startsWith("numbering.") || !isRecord(value)) return null;
  const { prefix, digits, reset } = value;
  if (typeof prefix !== "string" || typeof digits !== "number") return null;
  const dated = day.replaceAll("-", "").slice(0, reset === "YEAR" ? 4 : reset === "MONTH" ? 6 : 8);
  return `${prefix}${dated}-${"18".padStart(digits, "0")}`;
}
