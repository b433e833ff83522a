import { useCallback, useEffect, useRef, useState } from "react";
import type { CartLineIn, CartLineOut } from "@/gen/model";
import { rewritten } from "./line-key";

const TYPING_MS = 600;

/** The quantity of a line while it is typed: sent when the typing rests, on leaving the field and on leaving the page. */
export function useLineEdit(line: CartLineOut, onSet: (lines: CartLineIn[]) => Promise<unknown>) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<string | null>(null);
  const latest = useRef({ line, onSet });
  latest.current = { line, onSet };

  const send = useCallback(async (lines: CartLineIn[]) => {
    try {
      await latest.current.onSet(lines);
      setProblem(null);
      if (waiting.current === null) setTyped(null);
    } catch (error) {
      setProblem(error);
    }
  }, []);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const quantity = waiting.current;
    if (quantity === null) return;
    waiting.current = null;
    void send(rewritten(latest.current.line, { quantity }));
  }, [send]);
  const type = (quantity: string | null) => {
    setTyped(quantity ?? "");
    clearTimeout(timer.current);
    // An emptied field is being retyped: only zero takes a line off.
    waiting.current = quantity === "" ? null : quantity;
    if (waiting.current !== null) timer.current = setTimeout(flush, TYPING_MS);
  };
  useEffect(() => flush, [flush]);
  return {
    quantity: typed ?? line.quantity,
    problem,
    isTyping: typed !== null,
    type,
    flush,
    changeUnit: (unit: string) => void send(rewritten(line, { unit, quantity: typed || line.quantity })),
    remove: () => {
      waiting.current = null;
      clearTimeout(timer.current);
      void send(rewritten(line, { quantity: "0" }));
    },
  };
}
