import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useMemo,
  useState,
} from "react";
import { convertedText } from "./cell-text";
import { writeTable } from "./cells";
import { percentBetween } from "./change";
import { COLUMNS, LAST_EDITED } from "./columns";
import { pressed } from "./keys";
import { at, moved, rectOf, type Selection } from "./selection";
import { edit, FIELDS, fillDown, keyOf, paste, type Rect, type Row } from "./sheet";
import type { SheetState, SheetStore } from "./store";
import { useFaultWalk } from "./use-fault-walk";

export interface Typing {
  text: string;
  /** Begun by typing over the cell: arrows leave it, as in a spreadsheet. */
  isOver: boolean;
}

export interface Editing {
  /** The one field that takes the keys. */
  input: RefObject<HTMLInputElement | null>;
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
  /** Goes to the next cell with a fault and takes the keys there. */
  toNextFault: () => void;
}

/** The text of any cell, as it is copied. */
export function textOf(row: Row | undefined, column: number, state: SheetState, currency: string): string {
  if (!row) return "";
  const field = FIELDS[column];
  if (field) return row[field];
  const goods = state.book.get(row.code);
  const before = goods ? state.before.get(keyOf(goods.sku_id, row.unit)) : undefined;
  if (COLUMNS[column] === "converted") return convertedText(row, goods, currency);
  return COLUMNS[column] === "before" ? (before ?? "") : (percentBetween(before, row.price) ?? "");
}

/** The chosen cells as they are copied. */
function tableOf(
  rect: Rect,
  shown: readonly number[],
  byId: ReadonlyMap<number, Row>,
  state: SheetState,
  currency: string,
): string[][] {
  const table: string[][] = [];
  for (const id of shown.slice(rect.top, rect.bottom + 1)) {
    const cells: string[] = [];
    for (let column = rect.left; column <= rect.right; column += 1)
      cells.push(textOf(byId.get(id), column, state, currency));
    table.push(cells);
  }
  return table;
}

const edited = (rect: Rect): Rect => ({ ...rect, right: Math.min(rect.right, LAST_EDITED) });

interface Options {
  store: SheetStore;
  state: SheetState;
  shown: readonly number[];
  isEditable: boolean;
  currency: string;
  onSave: () => void;
  onPasted: (count: number) => void;
}

/** Selecting, typing, copying and pasting: what a spreadsheet does with keys. */
export function useEditing(options: Options): Editing {
  const { store, state, shown, isEditable, currency, onSave, onPasted } = options;
  const [selection, setSelection] = useState<Selection>(() => at(0, 0));
  const [typing, setTyping] = useState<Typing | null>(null);
  const { input, toNextFault } = useFaultWalk(shown, state, selection, setSelection);
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
    const place = edited({ ...rect, bottom: Math.min(rect.bottom, shown.length - 1) });
    if (isEditable) apply(edit(state.rows, shown, place, () => "", store.nextId));
  };
  const fill = () => {
    if (isEditable && rect.left <= LAST_EDITED)
      apply(fillDown(state.rows, shown, edited(rect), store.nextId));
  };

  const editCell = () => {
    const id = shown[selection.focus.row];
    const field = FIELDS[selection.focus.column];
    if (canType)
      setTyping({ text: (field && id !== undefined && byId.get(id)?.[field]) || "", isOver: false });
  };
  const keys = {
    store,
    selection,
    typing,
    rows: shown.length,
    lines,
    select: setSelection,
    commit,
    cancel: () => setTyping(null),
    edit: editCell,
    fill,
    clear,
    nextFault: toNextFault,
    save: onSave,
  };

  const onCopy = (event: ClipboardEvent<HTMLInputElement>) => {
    if (typing) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeTable(tableOf(rect, shown, byId, state, currency)));
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
    input,
    selection,
    typing,
    select: useCallback((next: Selection) => setSelection(next), []),
    begin: (next) => canType && setTyping(next),
    commit,
    cancel: keys.cancel,
    onKeyDown: (event) => pressed(event, keys),
    onCopy,
    onCut: (event) => {
      onCopy(event);
      if (!typing) clear();
    },
    onPaste,
    fill,
    clear,
    toNextFault,
  };
}
