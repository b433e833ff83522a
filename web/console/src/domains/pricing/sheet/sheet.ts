// The rows of a price list as somebody edits them: plain values in, new rows out. Nothing here is mutated.
import type { Decimal } from "@shared/decimal";
import type { PricedGoodsOut, SheetRowOut } from "@/gen/model";
import { plainText, readBreaks, readNumber, readTable, writeBreaks } from "./cells";

export const FIELDS = ["code", "unit", "price", "breaks", "floor"] as const;
export type Field = (typeof FIELDS)[number];
export type Values = Record<Field, string>;

/** One line of the sheet; `id` is its own and stays whatever is typed into it. */
export interface Row extends Values {
  readonly id: number;
}

/** A row as the server has it. */
export interface Saved extends Values {
  skuId: number;
}

export interface Rect {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export const EMPTY: Values = { code: "", unit: "", price: "", breaks: "", floor: "" };

export const isBlank = (row: Values): boolean => FIELDS.every((field) => row[field] === "");

/** A row of the server as texts. */
export function valuesOf(row: SheetRowOut, goods: PricedGoodsOut | undefined): Values {
  return {
    code: goods?.code ?? "",
    unit: row.unit,
    price: row.unit_price ?? "",
    breaks: writeBreaks(row.breaks.map(({ from_quantity: from, unit_price: price }) => ({ from, price }))),
    floor: row.floor_price ?? "",
  };
}

/** What was typed into a cell, in its one spelling; what cannot be read stays for the reader to correct. */
export function tidy(field: Field, text: string): string {
  const plain = plainText(text);
  if (field === "price" || field === "floor") return plain === "" ? "" : (readNumber(plain) ?? plain);
  if (field === "breaks") {
    const breaks = readBreaks(plain);
    return breaks ? writeBreaks(breaks) : plain;
  }
  return plain;
}

export function differs(row: Values, saved: Values | undefined): boolean {
  return !saved || FIELDS.some((field) => row[field] !== saved[field]);
}

/** Which column a heading names, in either language; null where it names none. */
function fieldOfHeading(text: string): Field | "name" | "other" | null {
  const bare = plainText(text)
    .toLowerCase()
    .replace(/[（(].*$/, "")
    .trim();
  const known: Record<string, Field | "name" | "other"> = {
    商品编码: "code",
    编码: "code",
    货号: "code",
    sku: "code",
    code: "code",
    单位: "unit",
    unit: "unit",
    单价: "price",
    含税单价: "price",
    "unit price": "price",
    价格: "price",
    price: "price",
    阶梯: "breaks",
    阶梯价: "breaks",
    breaks: "breaks",
    底价: "floor",
    最低价: "floor",
    floor: "floor",
    "floor price": "floor",
    "sku code": "code",
    goods: "name",
    价目表: "other",
    "price list": "other",
    币种: "other",
    currency: "other",
    商品名称: "name",
    名称: "name",
    品名: "name",
    商品: "name",
    name: "name",
    在用价: "other",
    涨跌: "other",
  };
  return known[bare] ?? null;
}

export interface Pasted {
  rows: Row[];
  /** How many rows were written or added. */
  count: number;
  nextId: number;
}

/** Puts a copied block onto the rows at a place; rows that are missing are added.
 *
 * With headings the columns go where the headings say; without, from the cell on to the right. One copied cell
 * fills the whole selection, as spreadsheets do.
 */
export function paste(
  rows: readonly Row[],
  shown: readonly number[],
  place: Rect,
  text: string,
  nextId: number,
): Pasted {
  const table = readTable(text);
  const headings = (table[0] ?? []).map(fieldOfHeading);
  const hasHeadings = headings.filter(Boolean).length >= 2;
  const body = hasHeadings ? table.slice(1) : table;
  const columns: (Field | null)[] = hasHeadings
    ? headings.map((one) => (one === "name" || one === "other" ? null : one))
    : (body[0] ?? []).map((_, index) => FIELDS[place.left + index] ?? null);
  const fills = body.length === 1 && body[0]?.length === 1 && !hasHeadings;
  if (fills) {
    const value = body[0]?.[0] ?? "";
    return { ...edit(rows, shown, place, () => value, nextId), count: place.bottom - place.top + 1 };
  }
  const next = new Map(rows.map((row) => [row.id, row]));
  let id = nextId;
  for (const [offset, cells] of body.entries()) {
    const known = shown[place.top + offset];
    const row: Values = (known !== undefined && next.get(known)) || EMPTY;
    const values: Values = { ...row };
    for (const [index, field] of columns.entries()) {
      const cell = cells[index];
      if (field && cell !== undefined) values[field] = tidy(field, cell);
    }
    if (known === undefined && isBlank(values)) continue;
    const key = known ?? id++;
    next.set(key, { ...values, id: key });
  }
  return { rows: [...next.values()], count: body.length, nextId: id };
}

/** Changes every cell of a block; a cell below the last row begins a new one. */
export function edit(
  rows: readonly Row[],
  shown: readonly number[],
  place: Rect,
  value: (row: Values, field: Field) => string,
  nextId: number,
): { rows: Row[]; nextId: number } {
  const fields = FIELDS.slice(place.left, place.right + 1);
  const ids = new Set<number>();
  for (let at = place.top; at <= place.bottom; at += 1) {
    const id = shown[at];
    if (id !== undefined) ids.add(id);
  }
  const change = (row: Row): Row => {
    const values: Partial<Values> = {};
    for (const field of fields) values[field] = tidy(field, value(row, field));
    return fields.every((field) => values[field] === row[field]) ? row : { ...row, ...values };
  };
  const changed = rows.map((row) => (ids.has(row.id) ? change(row) : row));
  let id = nextId;
  for (let at = Math.max(place.top, shown.length); at <= place.bottom; at += 1) {
    const row = change({ ...EMPTY, id });
    if (isBlank(row)) continue;
    changed.push(row);
    id += 1;
  }
  return { rows: changed, nextId: id };
}

/** Copies the first line of a block into the lines below it. */
export function fillDown(
  rows: readonly Row[],
  shown: readonly number[],
  place: Rect,
  nextId: number,
): { rows: Row[]; nextId: number } {
  const first = rows.find((row) => row.id === shown[place.top]);
  if (!first || place.bottom === place.top) return { rows: [...rows], nextId };
  return edit(rows, shown, { ...place, top: place.top + 1 }, (_, field) => first[field], nextId);
}

/** The key of a row on the server, where its goods are known. */
export const keyOf = (skuId: number, unit: string): string => `${skuId} ${unit}`;

export type Prices = ReadonlyMap<string, Decimal>;
