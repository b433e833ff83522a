import { type Decimal, group, parse, rescale, power as tenTo, trim, write } from "./decimal";

export type Language = "zh-Hans" | "zh-Hant" | "en";

/** What stands for a figure nobody knows; unknown is never 0. */
export const UNKNOWN = "–";

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", HKD: "HK$", JPY: "JP¥" };
const EXPONENTS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0 };

/** How many places amounts of a currency have. */
export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2;

const symbolOf = (currency: string): string => SYMBOLS[currency] ?? `${currency} `;

function signed(text: string, symbol: string): string {
  return text.startsWith("-") ? `-${symbol}${text.slice(1)}` : symbol + text;
}

/** An amount with its symbol: "1234.5", "CNY" is ¥1,234.50. */
export function money(amount: Decimal | null | undefined, currency: string): string {
  if (amount === null || amount === undefined || amount === "") return UNKNOWN;
  return signed(group(write(rescale(parse(amount), exponentOf(currency)))), symbolOf(currency));
}

/** A price per unit: as many places as it has, at least the currency's. */
export function unitPrice(price: Decimal | null | undefined, currency: string): string {
  if (price === null || price === undefined || price === "") return UNKNOWN;
  const { scale } = parse(trim(price));
  return signed(
    group(write(rescale(parse(price), Math.max(scale, exponentOf(currency))))),
    symbolOf(currency),
  );
}

const STEPS: Record<Language, readonly [power: number, name: string][]> = {
  "zh-Hans": [
    [8, "亿"],
    [4, "万"],
  ],
  "zh-Hant": [
    [8, "億"],
    [4, "萬"],
  ],
  en: [
    [9, "B"],
    [6, "M"],
    [3, "K"],
  ],
};

/** A figure short enough for a tile or an axis: 1234567.8 is 123.46万 or 1.23M. The exact one belongs on hover. */
export function compact(value: Decimal | null | undefined, language: Language): string {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  const exact = parse(value);
  const size = (exact.digits < 0n ? -exact.digits : exact.digits) / tenTo(exact.scale);
  for (const [power, name] of STEPS[language]) {
    if (size >= tenTo(power)) {
      const scaled = { digits: exact.digits, scale: exact.scale + power };
      return group(trim(write(rescale(scaled, 2)))) + name;
    }
  }
  return group(trim(write(rescale(exact, 2))));
}

export const compactMoney = (
  amount: Decimal | null | undefined,
  currency: string,
  language: Language,
): string =>
  amount === null || amount === undefined || amount === ""
    ? UNKNOWN
    : signed(compact(amount, language), symbolOf(currency));

/** A fraction as a rate: "0.125" is 12.5%. */
export function rate(value: Decimal | null | undefined, places = 1): string {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  const { digits, scale } = parse(value);
  return `${group(trim(write(rescale({ digits: digits * 100n, scale }, places))))}%`;
}

/** A plain number: "1234.500000" is 1,234.5. */
export function number(value: Decimal | number | null | undefined, places?: number): string {
  if (value === null || value === undefined || value === "") return UNKNOWN;
  const text = String(value);
  return group(places === undefined ? trim(text) : trim(write(rescale(parse(text), places))));
}
