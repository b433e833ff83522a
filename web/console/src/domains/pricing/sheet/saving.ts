// What of a sheet goes to the server, in parts that follow each other by version.
import type { RowIn, SheetIn } from "@/gen/model";
import { readBreaks, readNumber } from "./cells";
import type { Fault, Faults } from "./check";
import { differs, type Field, isBlank, keyOf, type Row, type Saved } from "./sheet";
import type { SheetState } from "./store";

/** Rows of one request: small enough that progress is seen and a lost answer costs little. */
export const PART = 500;

export interface Part {
  put: { row: Row; saved: Saved }[];
  remove: { id: number; skuId: number; unit: string }[];
}

export interface Counts {
  /** Rows that differ from the server's, removed ones included. */
  changed: number;
  /** Rows with something to correct. */
  faulty: number;
  /** Rows whose codes are being looked up. */
  checking: number;
}

const isWaiting = (faults: Faults): boolean =>
  Object.values(faults).every((fault) => fault.key === "code_checking");

export function countsOf({ rows, saved, faults }: SheetState): Counts {
  const there = new Set(rows.map((row) => row.id));
  let changed = 0;
  for (const row of rows) {
    if (differs(row, saved.get(row.id)) && !(isBlank(row) && !saved.has(row.id))) changed += 1;
  }
  for (const id of saved.keys()) if (!there.has(id)) changed += 1;
  let checking = 0;
  for (const one of faults.values()) if (isWaiting(one)) checking += 1;
  return { changed, faulty: faults.size - checking, checking };
}

/** All that can be saved now, in parts; rows with faults wait and keep what the server has of them. */
export function partsOf(state: SheetState): Part[] {
  const put: Part["put"] = [];
  const kept = new Set<string>();
  const remove: Part["remove"] = [];
  const waiting = new Set<number>();
  for (const row of state.rows) {
    const known = state.saved.get(row.id);
    if (isBlank(row)) continue; // an emptied row goes
    if (state.faults.has(row.id)) {
      waiting.add(row.id);
      if (known) kept.add(keyOf(known.skuId, known.unit));
      continue;
    }
    const goods = state.book.get(row.code);
    if (!goods) continue;
    kept.add(keyOf(goods.sku_id, row.unit));
    if (differs(row, known)) put.push({ row, saved: { ...row, skuId: goods.sku_id } });
  }
  for (const [id, known] of state.saved) {
    if (!waiting.has(id) && !kept.has(keyOf(known.skuId, known.unit)))
      remove.push({ id, skuId: known.skuId, unit: known.unit });
  }
  const parts: Part[] = [];
  for (let at = 0; at < Math.max(put.length, remove.length); at += PART)
    parts.push({ put: put.slice(at, at + PART), remove: remove.slice(at, at + PART) });
  return parts;
}

function rowIn({ row, saved }: Part["put"][number]): RowIn {
  return {
    sku_id: saved.skuId,
    unit: row.unit,
    unit_price: readNumber(row.price),
    breaks: (readBreaks(row.breaks) ?? []).map(({ from, price }) => ({
      from_quantity: from,
      unit_price: price,
    })),
    floor_price: readNumber(row.floor),
  };
}

export const bodyOf = (part: Part, version: number): SheetIn => ({
  version,
  put: part.put.map(rowIn),
  remove: part.remove.map(({ skuId, unit }) => ({ sku_id: skuId, unit })),
});

const PLACE = /^put\[(\d+)\](?:\.(\w+))?/;
const FIELD_OF: Record<string, Field> = {
  sku_code: "code",
  sku_id: "code",
  unit: "unit",
  unit_price: "price",
  breaks: "breaks",
  floor_price: "floor",
};

/** The server's refusals of a part, each at its cell. */
export function faultsOf(
  part: Part,
  fields: readonly { field: string; reason: string }[],
): ReadonlyMap<number, Faults> {
  const found = new Map<number, Faults>();
  for (const { field, reason } of fields) {
    const place = PLACE.exec(field);
    const row = place && part.put[Number(place[1])]?.row;
    if (!row) continue;
    const fault: Fault = { key: "refused", words: reason };
    found.set(row.id, { ...found.get(row.id), [FIELD_OF[place[2] ?? ""] ?? "price"]: fault });
  }
  return found;
}
