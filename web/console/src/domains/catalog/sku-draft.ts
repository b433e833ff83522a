import type { SkuIn, SkuOut, UnitIn } from "@/gen/model";

/** One unit in a form: 1 unit = numerator / denominator base units. */
export interface UnitDraft {
  key: number;
  unit: string;
  numerator: number | null;
  denominator: number | null;
  barcode: string;
  step: string;
  isOrderUnit: boolean;
}

export interface SkuDraft {
  code: string;
  name: string;
  specification: string;
  baseUnit: string;
  baseBarcode: string;
  isWhole: boolean;
  units: UnitDraft[];
  taxRate: string;
  shelfLife: number | null;
  minimum: string;
  multiple: string;
  limit: string;
  periodLimit: string;
  periodDays: number | null;
  cost: string;
}

export const TAX_RATES = ["0.13", "0.09", "0.06", "0.03", "0.01", "0"] as const;

const plain = (text: string | null): string => (text === null || Number(text) === 0 ? "" : text);

/** The rate as one of the known ones: "0.1300" is "0.13". */
const rateOf = (text: string): string => TAX_RATES.find((rate) => Number(rate) === Number(text)) ?? text;

export function draftOf(sku?: SkuOut): SkuDraft {
  const base = sku?.units.find((unit) => unit.unit === sku.base_unit);
  return {
    code: sku?.code ?? "",
    name: sku?.name ?? "",
    specification: sku?.specification ?? "",
    baseUnit: sku?.base_unit ?? "",
    baseBarcode: base?.barcode ?? "",
    isWhole: sku?.is_whole ?? true,
    units: (sku?.units ?? [])
      .filter((unit) => unit.unit !== sku?.base_unit)
      .map((unit, key) => ({
        key,
        unit: unit.unit,
        numerator: unit.numerator,
        denominator: unit.denominator,
        barcode: unit.barcode,
        step: plain(unit.order_step),
        isOrderUnit: unit.is_order_unit,
      })),
    taxRate: rateOf(sku?.tax_rate ?? "0.13"),
    shelfLife: sku?.shelf_life_days ?? null,
    minimum: plain(sku?.order_minimum ?? null),
    multiple: plain(sku?.order_multiple ?? null),
    limit: sku?.order_limit ?? "",
    periodLimit: sku?.period_limit ?? "",
    periodDays: sku?.period_days ?? null,
    cost: sku?.standard_cost ?? "",
  };
}

const unitBody = (unit: UnitDraft): UnitIn => ({
  unit: unit.unit.trim(),
  numerator: unit.numerator ?? 1,
  denominator: unit.denominator ?? 1,
  barcode: unit.barcode.trim(),
  order_step: unit.step || "0",
  is_order_unit: unit.isOrderUnit,
});

/** What is sent; the base unit is one of the units, with its own barcode. */
export function bodyOf(draft: SkuDraft): SkuIn {
  const isOrderedInBase = !draft.units.some((unit) => unit.isOrderUnit);
  return {
    code: draft.code.trim(),
    name: draft.name.trim(),
    specification: draft.specification.trim(),
    base_unit: draft.baseUnit.trim(),
    is_whole: draft.isWhole,
    units: [
      { unit: draft.baseUnit.trim(), barcode: draft.baseBarcode.trim(), is_order_unit: isOrderedInBase },
      ...draft.units.map(unitBody),
    ],
    tax_rate: draft.taxRate,
    shelf_life_days: draft.shelfLife,
    order_minimum: draft.minimum || "0",
    order_multiple: draft.multiple || "0",
    order_limit: draft.limit || null,
    period_limit: draft.periodLimit || null,
    period_days: draft.periodDays,
    standard_cost: draft.cost || null,
  };
}

/** Whether a barcode's check digit is right; null when there is none. GTIN-8, -12, -13 and -14, leading zeros kept. */
export function gtinProblem(text: string): "character" | "length" | "checksum" | null {
  const code = text.replace(/[\s-]/g, "");
  if (!code) return null;
  if (!/^\d+$/.test(code)) return "character";
  if (code.length < 7 || code.length > 14) return "length";
  const digits = [...code].map(Number).reverse();
  const sum = digits.slice(1).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === digits[0] ? null : "checksum";
}

/** The digit that would make a code right, for a hint. */
export function gtinDigit(text: string): number {
  const digits = [...text.replace(/[\s-]/g, "")].map(Number).reverse();
  const sum = digits.slice(1).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
