// The sheet's memory: rows, what the server has of them, undo and redo. React reads it, key strokes write it.
import type { PricedGoodsOut, SheetOut } from "@/gen/model";
import { readPerUnit, saysUnit } from "../units";
import { Checker, type Faults, type GoodsBook } from "./check";
import { differs, isBlank, keyOf, type Row, type Saved, valuesOf } from "./sheet";

const STEPS_MAX = 200;

/** What stays when the page is left: changed rows by the key they have on the server, and the keys that go. */
export interface LocalDraft {
  changed: { key: string | null; values: [string, string, string, string, string] }[];
  removed: string[];
}

export interface SheetState {
  rows: readonly Row[];
  /** What the server has, by row id; without an entry the row is new. */
  saved: ReadonlyMap<number, Saved>;
  /** Prices of the version in force, by key on the server. */
  before: ReadonlyMap<string, string>;
  book: GoodsBook;
  faults: ReadonlyMap<number, Faults>;
  canUndo: boolean;
  canRedo: boolean;
  version: number;
}

export class SheetStore {
  private past: (readonly Row[])[] = [];
  private future: (readonly Row[])[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly checker = new Checker();
  private refused = new Map<number, { row: Row; faults: Faults }>();
  nextId = 1;
  state: SheetState = {
    rows: [],
    saved: new Map(),
    before: new Map(),
    book: new Map(),
    faults: new Map(),
    canUndo: false,
    canRedo: false,
    version: 0,
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = (): SheetState => this.state;

  /** Takes the server's rows; what was changed here and not saved yet is laid over them again. */
  load(sheet: SheetOut, draft: LocalDraft | null): void {
    const goods = new Map(sheet.goods.map((one) => [one.sku_id, one]));
    const saved = new Map<number, Saved>();
    const before = new Map<string, string>();
    const ids = new Map<string, number>();
    let rows: Row[] = [];
    for (const one of sheet.rows) {
      const id = this.nextId++;
      const values = valuesOf(one, goods.get(one.sku_id));
      rows.push({ ...values, id });
      saved.set(id, { ...values, skuId: one.sku_id });
      const key = keyOf(one.sku_id, one.unit);
      ids.set(key, id);
      if (one.price_before !== null) before.set(key, one.price_before);
    }
    rows.sort((one, other) => (one.code < other.code ? -1 : one.code > other.code ? 1 : one.id - other.id));
    rows = this.withDraft(rows, ids, draft);
    const book = new Map(this.state.book);
    for (const one of sheet.goods) book.set(one.code, one);
    this.past = [];
    this.future = [];
    this.set({ rows, saved, before, book, version: sheet.version });
  }

  private withDraft(rows: Row[], ids: ReadonlyMap<string, number>, draft: LocalDraft | null): Row[] {
    if (!draft) return rows;
    const gone = new Set(draft.removed.map((key) => ids.get(key)));
    const laid = new Map(rows.filter((row) => !gone.has(row.id)).map((row) => [row.id, row]));
    for (const { key, values } of draft.changed) {
      const [code, unit, price, breaks, floor] = values;
      const id = (key !== null && ids.get(key)) || this.nextId++;
      laid.set(id, { id, code, unit, price, breaks, floor });
    }
    return [...laid.values()];
  }

  /** One step of editing, which undo takes back. */
  apply(rows: readonly Row[]): void {
    if (rows === this.state.rows) return;
    this.past = [...this.past.slice(1 - STEPS_MAX), this.state.rows];
    this.future = [];
    this.set({ rows });
  }

  undo(): void {
    const rows = this.past.pop();
    if (!rows) return;
    this.future.push(this.state.rows);
    this.set({ rows });
  }

  redo(): void {
    const rows = this.future.pop();
    if (!rows) return;
    this.past.push(this.state.rows);
    this.set({ rows });
  }

  /** Goods that were asked for by code; those that are absent from the answer do not exist. */
  learn(codes: readonly string[], goods: readonly PricedGoodsOut[]): void {
    const book = new Map(this.state.book);
    for (const code of codes) book.set(code, null);
    for (const one of goods) book.set(one.code, one);
    this.set({ book, rows: withOnlyUnits(this.state.rows, new Set(codes), book) });
  }

  /** The server has taken a part. */
  settle(put: readonly { id: number; saved: Saved }[], removed: readonly number[], version: number): void {
    const saved = new Map(this.state.saved);
    for (const id of removed) saved.delete(id);
    for (const one of put) saved.set(one.id, one.saved);
    this.set({ saved, version });
  }

  /** The server has refused cells; the fault stays until its row is changed. */
  refuse(faults: ReadonlyMap<number, Faults>): void {
    for (const row of this.state.rows) {
      const found = faults.get(row.id);
      if (found) this.refused.set(row.id, { row, faults: found });
    }
    this.set({});
  }

  /** What is not saved yet, for the next visit; null when everything is. */
  draft(): LocalDraft | null {
    const { rows, saved } = this.state;
    const keyed = (id: number) => {
      const one = saved.get(id);
      return one ? keyOf(one.skuId, one.unit) : null;
    };
    const changed = rows.filter(
      (row) => differs(row, saved.get(row.id)) && !(isBlank(row) && !saved.has(row.id)),
    );
    const there = new Set(rows.map((row) => row.id));
    const removed = [...saved.keys()].filter((id) => !there.has(id));
    if (changed.length === 0 && removed.length === 0) return null;
    return {
      changed: changed.map((row) => ({
        key: keyed(row.id),
        values: [row.code, row.unit, row.price, row.breaks, row.floor],
      })),
      removed: removed.map((id) => keyed(id) ?? "").filter(Boolean),
    };
  }

  private set(change: Partial<SheetState>): void {
    const next = { ...this.state, ...change };
    next.rows = withOwnUnits(next.rows, next.book);
    const faults = new Map(this.checker.check(next.rows, next.book));
    for (const [id, { row, faults: refused }] of this.refused) {
      if (next.rows.includes(row)) faults.set(id, { ...refused, ...faults.get(id) });
      else this.refused.delete(id);
    }
    this.state = { ...next, faults, canUndo: this.past.length > 0, canRedo: this.future.length > 0 };
    for (const listener of this.listeners) listener();
  }
}

/** Goods with one unit have no choice: it is written where none was given. */
function withOnlyUnits(rows: readonly Row[], codes: ReadonlySet<string>, book: GoodsBook): readonly Row[] {
  const only = (row: Row): string | null => {
    const units = book.get(row.code)?.units;
    return units?.length === 1 ? (units[0]?.unit ?? null) : null;
  };
  const isMeant = (row: Row) => row.unit === "" && codes.has(row.code) && only(row) !== null;
  if (!rows.some(isMeant)) return rows;
  return rows.map((row) => (isMeant(row) ? { ...row, unit: only(row) ?? "" } : row));
}

/** Prices said per another unit ("1.95/瓶") become prices per the row's own, as soon as the goods are known. */
function withOwnUnits(rows: readonly Row[], book: GoodsBook): readonly Row[] {
  const says = (row: Row) => saysUnit(row.price) || saysUnit(row.floor);
  if (!rows.some(says)) return rows;
  return rows.map((row) => {
    if (!says(row)) return row;
    const read = (text: string) => readPerUnit(text, row.unit, book.get(row.code));
    const [price, floor] = [read(row.price), read(row.floor)];
    return price === row.price && floor === row.floor ? row : { ...row, price, floor };
  });
}
