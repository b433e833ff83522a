import { Fragment, memo, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { watchNear } from "@/platform/visible";

const PART = 8;

interface PartProps<T> {
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  children: (row: T) => ReactNode;
  isNear: boolean;
}

/** Some rows together: away from the screen they are an empty place of their height. */
function PartOf<T>({ rows, rowKey, children, isNear }: PartProps<T>) {
  const id = `part${useId().replace(/[^\w-]/g, "")}`;
  const [near, setNear] = useState(isNear);
  const height = useRef(0);
  useEffect(
    () =>
      watchNear(id, (seen) => {
        if (!seen.isNear && seen.height > 0) height.current = seen.height;
        setNear(seen.isNear);
      }),
    [id],
  );
  const place = near ? undefined : { height: `${height.current || rows.length * 168}px` };
  return (
    <div id={id} style={place}>
      {near && rows.map((row) => <Fragment key={rowKey(row)}>{children(row)}</Fragment>)}
    </div>
  );
}
const Part = memo(PartOf) as typeof PartOf;

interface Props<T> {
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  /** Must be the same function while nothing it shows has changed. */
  children: (row: T) => ReactNode;
}

/** A list of any length: only what is near the screen is drawn. */
export function LongList<T>({ rows, rowKey, children }: Props<T>) {
  const parts = useParts(rows);
  return (
    <>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the list
        <Part key={index} rows={part} rowKey={rowKey} isNear={index < 2}>
          {children}
        </Part>
      ))}
    </>
  );
}

/** The rows in parts; a part whose rows are those of before is the one of before. */
function useParts<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const before = useRef<T[][]>([]);
  const parts: T[][] = [];
  for (let start = 0; start < rows.length; start += PART) {
    const part = rows.slice(start, start + PART);
    const old = before.current[parts.length];
    const isSame = old?.length === part.length && old.every((row, index) => row === part[index]);
    parts.push(isSame ? old : part);
  }
  before.current = parts;
  return parts;
}
