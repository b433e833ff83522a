// What is wrong with a cell, as a name and its figures; the catalogue says it in words.
import { compare, type Decimal } from "@shared/decimal";
import type { PricedGoodsOut } from "@/gen/model";
import { saysUnit } from "../units";
import { placesOf, readBreaks, readNumber } from "./cells";
import { type Field, isBlank, type Row } from "./sheet";

export type Fault =
  | {
      key:
        | "code_missing"
        | "code_checking"
        | "unit_missing"
        | "price_missing"
        | "not_number"
        | "not_positive";
    }
  | { key: "per_unit" | "too_fine" | "too_large" | "breaks_unreadable" | "breaks_order" }
  | { key: "code_unknown"; code: string }
  | { key: "unit_unknown"; units: string }
  | { key: "below_floor"; floor: Decimal }
  | { key: "duplicate"; line: number }
  | { key: "refused"; words: string };

export type Faults = Partial<Record<Field, Fault>>;

/** The goods that are known by code; a code that nobody has is null, one that is being asked for is absent. */
export type GoodsBook = ReadonlyMap<string, PricedGoodsOut | null>;

const LIMIT = "100000000000000";
const PLACES = 6;

function faultOfNumber(text: string): Fault | null {
  const value = readNumber(text);
  if (value === null) return { key: saysUnit(text) ? "per_unit" : "not_number" };
  if (compare(value, "0") <= 0) return { key: "not_positive" };
  if (compare(value, LIMIT) >= 0) return { key: "too_large" };
  return placesOf(value) > PLACES ? { key: "too_fine" } : null;
}

function faultOfGoods(row: Row, book: GoodsBook): Faults {
  if (row.code === "") return { code: { key: "code_missing" } };
  const goods = book.get(row.code);
  if (goods === undefined) return { code: { key: "code_checking" } };
  if (goods === null) return { code: { key: "code_unknown", code: row.code } };
  const units = goods.units.map(({ unit }) => unit);
  if (row.unit === "") return { unit: { key: "unit_missing" } };
  return units.includes(row.unit) ? {} : { unit: { key: "unit_unknown", units: units.join("、") } };
}

function faultOfBreaks(row: Row, floor: Decimal | null): Fault | null {
  if (row.breaks === "") return null;
  const breaks = readBreaks(row.breaks);
  if (!breaks) return { key: "breaks_unreadable" };
  for (const [index, step] of breaks.entries()) {
    const fault = faultOfNumber(step.price);
    if (fault) return fault;
    if (floor && compare(step.price, floor) < 0) return { key: "below_floor", floor };
    const earlier = breaks[index - 1];
    if (compare(step.from, earlier?.from ?? "0") <= 0) return { key: "breaks_order" };
    if (placesOf(step.from) > PLACES) return { key: "too_fine" };
  }
  return null;
}

function faultsOfRow(row: Row, book: GoodsBook): Faults {
  const faults: Faults = faultOfGoods(row, book);
  const floorFault = row.floor === "" ? null : faultOfNumber(row.floor);
  if (floorFault) faults.floor = floorFault;
  const floor = row.floor === "" || floorFault ? null : readNumber(row.floor);
  if (row.price !== "") {
    const fault = faultOfNumber(row.price);
    const price = readNumber(row.price);
    if (fault) faults.price = fault;
    else if (floor && price && compare(price, floor) < 0) faults.price = { key: "below_floor", floor };
  } else if (row.breaks === "") faults.price = { key: "price_missing" };
  const breaks = faultOfBreaks(row, floor);
  if (breaks) faults.breaks = breaks;
  return faults;
}

const NONE: Faults = {};

/** Checks sheets again and again: a row that did not change is not judged twice. */
export class Checker {
  private known = new WeakMap<Row, Faults>();
  private book: GoodsBook = new Map();

  /** The faults of each row that has any, by its id. A blank row has none. */
  check(rows: readonly Row[], book: GoodsBook): ReadonlyMap<number, Faults> {
    if (book !== this.book) {
      this.known = new WeakMap();
      this.book = book;
    }
    const found = new Map<number, Faults>();
    const lines = new Map<string, number>();
    for (const [index, row] of rows.entries()) {
      let faults = this.known.get(row);
      if (!faults) {
        faults = isBlank(row) ? NONE : faultsOfRow(row, book);
        this.known.set(row, faults);
      }
      const key = `${row.code}\t${row.unit}`;
      const first = lines.get(key);
      if (first !== undefined && row.code !== "")
        found.set(row.id, { code: { key: "duplicate", line: first + 1 }, ...faults });
      else {
        lines.set(key, index);
        if (Object.keys(faults).length > 0) found.set(row.id, faults);
      }
    }
    return found;
  }
}
