import { type ClipboardEvent, type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { writeTable } from "./cells";
import { percentBetween } from "./change";
import { COLUMNS, LAST_EDITED } from "./columns";
import { at, moved, rectOf, type Selection } from "./selection";
import { edit, FIELDS, fillDown, keyOf, paste, type Rect, type Row } from "./sheet";
import type { SheetState, SheetStore } from "./store";

export interface Typing {
  text: string;
  /** Begun by typing over the cell: arrows leave it, as in a spreadsheet. */
  isOver: boolean;
}

export interface Editing {
  selection: Selection;
  typing: Typing | null;
  select: (selection: Selection) => void;
  begin: (typing: Typing) => void;
  commit: (text?: string, key?: string, isShift?: boolean) => void;
  cancel: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  onCopy: (event: ClipboardEvent<HTMLInputElement>) => void;
  onCut: (event: ClipboardEvent<HTMLInputElement>) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  fill: () => void;
  clear: () => void;
}

/** The text of any cell, as it is copied. */
export function textOf(row: Row | undefined, column: number, state: SheetState): string {
  if (!row) return "";
  const field = FIELDS[column];
  if (field) return row[field];
  const goods = state.book.get(row.code);
  const before = goods ? state.before.get(keyOf(goods.sku_id, row.unit)) : undefined;
  return COLUMNS[column] === "before" ? (before ?? "") : (percentBetween(before, row.price) ?? "");
}

const edited = (rect: Rect): Rect => ({ ...rect, right: Math.min(rect.right, LAST_EDITED) });

interface Options {
  store: SheetStore;
  state: SheetState;
  shown: readonly number[];
  isEditable: boolean;
  onSave: () => void;
  onPasted: (count: number) => void;
}

/** Selecting, typing, copying and pasting: what a spreadsheet does with keys. */
export function useEditing({ store, state, shown, isEditable, onSave, onPasted }: Options): Editing {
  const [selection, setSelection] = useState<Selection>(() => at(0, 0));
  const [typing, setTyping] = useState<Typing | null>(null);
  const lines = shown.length + (isEditable ? 1 : 0);
  const rect = rectOf(selection);
  const byId = useMemo(() => new Map<number, Row>(state.rows.map((row) => [row.id, row])), [state.rows]);
  const canType = isEditable && selection.focus.column <= LAST_EDITED;

  const apply = (next: { rows: readonly Row[]; nextId: number }) => {
    store.nextId = next.nextId;
    store.apply(next.rows);
  };
  const commit = (text?: string, key?: string, isShift = false) => {
    const value = text ?? typing?.text;
    if (value !== undefined && (typing || text !== undefined)) {
      const { row, column } = selection.focus;
      const place = { top: row, bottom: row, left: column, right: column };
      apply(edit(state.rows, shown, place, () => value, store.nextId));
    }
    setTyping(null);
    const next =
      key &&
      moved(at(selection.focus.row, selection.focus.column), { key, isControl: false, isShift }, lines + 1);
    if (next) setSelection(next);
  };
  const clear = () => {
    if (isEditable)
      apply(
        edit(
          state.rows,
          shown,
          edited({ ...rect, bottom: Math.min(rect.bottom, shown.length - 1) }),
          () => "",
          store.nextId,
        ),
      );
  };
  const fill = () => {
    if (isEditable && rect.left <= LAST_EDITED)
      apply(fillDown(state.rows, shown, edited(rect), store.nextId));
  };

  const whileTyping = (event: KeyboardEvent<HTMLInputElement>) => {
    const leaves = event.key === "Enter" || event.key === "Tab";
    if (leaves || (typing?.isOver && (event.key === "ArrowDown" || event.key === "ArrowUp"))) {
      event.preventDefault();
      commit(undefined, event.key, event.shiftKey);
    } else if (event.key === "Escape") {
      event.preventDefault();
      setTyping(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const isControl = event.ctrlKey || event.metaKey;
    const letter = isControl ? event.key.toLowerCase() : "";
    if (letter === "s") {
      event.preventDefault();
      commit();
      onSave();
      return;
    }
    if (typing) {
      whileTyping(event);
      return;
    }
    const command = () => {
      if (letter === "z") event.shiftKey ? store.redo() : store.undo();
      else if (letter === "y") store.redo();
      else if (letter === "d") fill();
      else if (letter === "a")
        setSelection({
          anchor: { row: 0, column: 0 },
          focus: { row: Math.max(0, shown.length - 1), column: COLUMNS.length - 1 },
        });
      else if (event.key === "F2" && canType) {
        const id = shown[selection.focus.row];
        const field = FIELDS[selection.focus.column];
        setTyping({ text: (field && id !== undefined && byId.get(id)?.[field]) || "", isOver: false });
      } else if (event.key === "Delete" || event.key === "Backspace") clear();
      else if (event.key === "Escape") setSelection(at(selection.focus.row, selection.focus.column));
      else return false;
      return true;
    };
    if (command()) {
      event.preventDefault();
      return;
    }
    const next = moved(selection, { key: event.key, isControl, isShift: event.shiftKey }, lines);
    if (next) {
      event.preventDefault();
      setSelection(next);
    }
  };

  const onCopy = (event: ClipboardEvent<HTMLInputElement>) => {
    if (typing) return;
    event.preventDefault();
    const table: string[][] = [];
    for (let row = rect.top; row <= Math.min(rect.bottom, shown.length - 1); row += 1) {
      const id = shown[row];
      const found = id === undefined ? undefined : byId.get(id);
      const cells: string[] = [];
      for (let column = rect.left; column <= rect.right; column += 1)
        cells.push(textOf(found, column, state));
      table.push(cells);
    }
    event.clipboardData.setData("text/plain", writeTable(table));
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    if (typing || !isEditable || rect.left > LAST_EDITED) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    if (text === "") return;
    const done = paste(state.rows, shown, edited(rect), text, store.nextId);
    apply(done);
    onPasted(done.count);
  };
  return {
    selection,
    typing,
    select: useCallback((next: Selection) => setSelection(next), []),
    begin: (next) => canType && setTyping(next),
    commit,
    cancel: () => setTyping(null),
    onKeyDown,
    onCopy,
    onCut: (event) => {
      onCopy(event);
      if (!typing) clear();
    },
    onPaste,
    fill,
    clear,
  };
}
