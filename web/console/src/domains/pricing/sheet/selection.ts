import { LAST } from "./columns";
import type { Rect } from "./sheet";

export interface Spot {
  row: number;
  column: number;
}

/** A block from where it was begun to where it was drawn; `focus` is the active cell. */
export interface Selection {
  anchor: Spot;
  focus: Spot;
}

export const at = (row: number, column: number): Selection => ({
  anchor: { row, column },
  focus: { row, column },
});

export const rectOf = ({ anchor, focus }: Selection): Rect => ({
  top: Math.min(anchor.row, focus.row),
  bottom: Math.max(anchor.row, focus.row),
  left: Math.min(anchor.column, focus.column),
  right: Math.max(anchor.column, focus.column),
});

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** The selection after a step; `keeps` draws the block further instead of moving it. `lines` includes the blank one. */
export function step(
  selection: Selection,
  by: { rows?: number; columns?: number },
  lines: number,
  keeps: boolean,
): Selection {
  const focus = {
    row: clamp(selection.focus.row + (by.rows ?? 0), lines - 1),
    column: clamp(selection.focus.column + (by.columns ?? 0), LAST),
  };
  return keeps ? { anchor: selection.anchor, focus } : { anchor: focus, focus };
}

export interface Stroke {
  key: string;
  isControl: boolean;
  isShift: boolean;
}

const PAGE = 15;

/** Where a key leads, or null when it is not one that moves. */
export function moved(selection: Selection, stroke: Stroke, lines: number): Selection | null {
  const { key, isControl, isShift } = stroke;
  const { row, column } = selection.focus;
  const far = isControl ? lines : 1;
  switch (key) {
    case "ArrowDown":
      return step(selection, { rows: far }, lines, isShift);
    case "ArrowUp":
      return step(selection, { rows: -far }, lines, isShift);
    case "ArrowRight":
      return step(selection, { columns: isControl ? LAST : 1 }, lines, isShift);
    case "ArrowLeft":
      return step(selection, { columns: isControl ? -LAST : -1 }, lines, isShift);
    case "PageDown":
      return step(selection, { rows: PAGE }, lines, isShift);
    case "PageUp":
      return step(selection, { rows: -PAGE }, lines, isShift);
    case "Home":
      return step(selection, { columns: -column, rows: isControl ? -row : 0 }, lines, isShift);
    case "End":
      return step(selection, { columns: LAST, rows: isControl ? lines : 0 }, lines, isShift);
    case "Enter":
      return step(selection, { rows: isShift ? -1 : 1 }, lines, false);
    case "Tab": {
      const next = column + (isShift ? -1 : 1);
      if (next < 0) return row > 0 ? at(row - 1, LAST) : null;
      if (next > LAST) return row < lines - 1 ? at(row + 1, 0) : null;
      return at(row, next);
    }
    default:
      return null;
  }
}
