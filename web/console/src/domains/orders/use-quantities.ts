import { compare, isZero } from "@shared/decimal";
import { useState } from "react";
import type { PartIn } from "@/gen/model";
import type { QuantityRow } from "./quantity-rows";

/** Quantities typed per line (at first all, or none of it), and the parts an action sends: only lines above zero. */
export function useQuantities(rows: readonly QuantityRow[], isNoneFirst = false) {
  const [values, setValues] = useState<Record<number, string>>({});
  const enteredOf = (row: QuantityRow) => values[row.line.line_no] ?? (isNoneFirst ? "0" : row.most);
  const parts: PartIn[] = rows
    .map((row) => ({ line_no: row.line.line_no, quantity: enteredOf(row) }))
    .filter((part) => !isZero(part.quantity));
  const isAll = rows.every((row) => compare(enteredOf(row), row.most) === 0);
  const change = (lineNo: number, value: string) => setValues((before) => ({ ...before, [lineNo]: value }));
  const shown = Object.fromEntries(rows.map((row) => [row.line.line_no, enteredOf(row)]));
  return { values: shown, parts, isAll, change };
}
