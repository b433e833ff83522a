import { compact, compactMoney, type Language, money, number, rate, UNKNOWN } from "@shared/money";
import i18next from "i18next";
import type { Unit } from "@/gen/model";

interface Figure {
  value: string | null;
  unit: Unit;
  currency: string | null;
}

const days = (value: string) => i18next.t("insights:unit.days", { value });
const hours = (value: string) => i18next.t("insights:unit.hours", { value });

/** A figure for a tile or an axis: 万 and 亿 allowed. */
export function shortText({ value, unit, currency }: Figure, language: Language): string {
  if (value === null) return UNKNOWN;
  switch (unit) {
    case "money":
      return currency ? compactMoney(value, currency, language) : compact(value, language);
    case "rate":
      // What is little is not nothing.
      return rate(value) === "0%" ? rate(value, 2) : rate(value);
    case "days":
      return days(number(value, 1));
    case "hours":
      return hours(number(value, 1));
    case "number":
      return number(value, 2);
    default:
      return compact(value, language);
  }
}

/** The same figure in full, for tables and on hover. */
export function fullText({ value, unit, currency }: Figure): string {
  if (value === null) return UNKNOWN;
  switch (unit) {
    case "money":
      return currency ? money(value, currency) : number(value, 2);
    case "rate":
      return rate(value, 2);
    case "days":
      return days(number(value, 2));
    case "hours":
      return hours(number(value, 2));
    default:
      return number(value);
  }
}
