import { startTransition, useEffect, useState } from "react";

/** More than a screen holds at once. */
const FIRST = 20;

/** The first rows at once, all of them when those are painted: a page stands there before the rows below it do. */
export function useStaged<Row>(rows: readonly Row[]): readonly Row[] {
  const [isWhole, setWhole] = useState(false);
  const isLong = rows.length > FIRST;
  useEffect(() => {
    if (!isLong || isWhole) return;
    const frame = requestAnimationFrame(() => startTransition(() => setWhole(true)));
    return () => cancelAnimationFrame(frame);
  }, [isLong, isWhole]);
  return isLong && !isWhole ? rows.slice(0, FIRST) : rows;
}
