import { startTransition, useEffect, useState } from "react";
import { idle } from "./idle";

/** More than a screen holds at once. */
const FIRST = 20;
const LATEST_MS = 400;

/**
 * The first rows of `list` at once, all of them as soon as nothing else is to be done: a page stands there
 * before the rows below it do. Another list, such as after another filter, begins anew; more rows do not.
 */
export function useStaged<Row>(rows: readonly Row[], list: string): readonly Row[] {
  const [whole, setWhole] = useState<string>();
  const isLong = rows.length > FIRST;
  const isWhole = whole === list;
  useEffect(() => {
    if (!isLong || isWhole) return;
    let isGone = false;
    void idle(LATEST_MS).then(() => {
      if (!isGone) startTransition(() => setWhole(list));
    });
    return () => {
      isGone = true;
    };
  }, [list, isLong, isWhole]);
  return isLong && !isWhole ? rows.slice(0, FIRST) : rows;
}
