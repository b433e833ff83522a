import { startTransition, useEffect, useState } from "react";
import { idle } from "./idle";

const IDLE_MS = 300;
const LATEST_MS = 2_000;

/**
 * False until what matters is here, painted, and nothing else is to be done: what stands below it is asked for and
 * drawn then, and takes no time from it. What matters may be late: then the rest no longer waits for it.
 */
export function useAfter(isHere: boolean): boolean {
  const [isAfter, setIsAfter] = useState(false);
  useEffect(() => {
    if (isAfter) return;
    let isGone = false;
    const go = () => {
      if (!isGone) startTransition(() => setIsAfter(true));
    };
    const timer = isHere ? undefined : setTimeout(go, LATEST_MS);
    if (isHere) void idle(IDLE_MS).then(go);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isHere, isAfter]);
  return isAfter;
}
