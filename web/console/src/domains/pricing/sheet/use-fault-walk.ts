import { type RefObject, useRef } from "react";
import { nextFault } from "./next-fault";
import type { Selection } from "./selection";
import type { SheetState } from "./store";

interface FaultWalk {
  /** The one field that takes the keys. */
  input: RefObject<HTMLInputElement | null>;
  toNextFault: () => void;
}

/** From one cell with a fault to the next, ready to be typed into. */
export function useFaultWalk(
  shown: readonly number[],
  state: SheetState,
  selection: Selection,
  select: (selection: Selection) => void,
): FaultWalk {
  const input = useRef<HTMLInputElement>(null);
  const toNextFault = () => {
    const next = nextFault(shown, state.faults, selection.focus);
    if (next) select(next);
    input.current?.focus({ preventScroll: true });
    // The sheet scrolls its lines; the page, too, when the sheet is longer than what is left of the screen.
    requestAnimationFrame(() => input.current?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  };
  return { input, toNextFault };
}
