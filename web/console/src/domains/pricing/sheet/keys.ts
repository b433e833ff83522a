import type { KeyboardEvent } from "react";
import { COLUMNS } from "./columns";
import { at, moved, type Selection } from "./selection";
import type { SheetStore } from "./store";
import type { Typing } from "./use-editing";

interface Keys {
  store: SheetStore;
  selection: Selection;
  typing: Typing | null;
  /** Rows that are shown, and lines with the blank one. */
  rows: number;
  lines: number;
  select: (selection: Selection) => void;
  commit: (text?: string, key?: string, isShift?: boolean) => void;
  cancel: () => void;
  edit: () => void;
  fill: () => void;
  clear: () => void;
  nextFault: () => void;
  save: () => void;
}

type Press = KeyboardEvent<HTMLInputElement>;

function whileTyping(event: Press, keys: Keys): void {
  const leaves = event.key === "Enter" || event.key === "Tab";
  const steps = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (leaves || (keys.typing?.isOver && steps)) {
    event.preventDefault();
    keys.commit(undefined, event.key, event.shiftKey);
  } else if (event.key === "Escape") {
    event.preventDefault();
    keys.cancel();
  }
}

const everything = (rows: number): Selection => ({
  anchor: { row: 0, column: 0 },
  focus: { row: Math.max(0, rows - 1), column: COLUMNS.length - 1 },
});

/** What a key does that neither types nor moves; false when it does nothing of the kind. */
function command(event: Press, letter: string, keys: Keys): boolean {
  const { focus } = keys.selection;
  if (letter === "z" && event.shiftKey) keys.store.redo();
  else if (letter === "z") keys.store.undo();
  else if (letter === "y") keys.store.redo();
  else if (letter === "d") keys.fill();
  else if (letter === "a") keys.select(everything(keys.rows));
  else if (event.key === "F2") keys.edit();
  else if (event.key === "F8") keys.nextFault();
  else if (event.key === "Delete" || event.key === "Backspace") keys.clear();
  else if (event.key === "Escape") keys.select(at(focus.row, focus.column));
  else return false;
  return true;
}

/** A key stroke in the field over the active cell. Keys of an input method are its own. */
export function pressed(event: Press, keys: Keys): void {
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  const isControl = event.ctrlKey || event.metaKey;
  const letter = isControl ? event.key.toLowerCase() : "";
  if (letter === "s") {
    event.preventDefault();
    keys.commit();
    keys.save();
  } else if (keys.typing) whileTyping(event, keys);
  else if (command(event, letter, keys)) event.preventDefault();
  else {
    const stroke = { key: event.key, isControl, isShift: event.shiftKey };
    const next = moved(keys.selection, stroke, keys.lines);
    if (!next) return;
    event.preventDefault();
    keys.select(next);
  }
}
