import { FIELDS, type Field } from "./sheet";

/** Columns of the sheet in order: what is edited, then what it is compared with. */
export const COLUMNS = [...FIELDS, "converted", "before", "percent"] as const;
export type ColumnKey = Field | "converted" | "before" | "percent";

export const HEAD = 34;
export const LINE = 32;
/** The line number stands before the columns and stays while they scroll. */
export const MARGIN = 52;

export const WIDTHS: Record<ColumnKey, number> = {
  code: 280,
  unit: 70,
  price: 112,
  breaks: 200,
  floor: 104,
  converted: 128,
  before: 112,
  percent: 92,
};

export const TOTAL = MARGIN + COLUMNS.reduce((sum, column) => sum + WIDTHS[column], 0);

/** Where a column begins. */
export const LEFTS: readonly number[] = COLUMNS.map(
  (_, index) => MARGIN + COLUMNS.slice(0, index).reduce((sum, column) => sum + WIDTHS[column], 0),
);

export const LAST = COLUMNS.length - 1;
export const LAST_EDITED = FIELDS.length - 1;

export const isField = (column: ColumnKey): column is Field => FIELDS.some((field) => field === column);

export const isNumeric = (column: ColumnKey): boolean =>
  column !== "code" && column !== "unit" && column !== "breaks";
