import type { CSSProperties, ReactNode } from "react";

/** How many tiles may stand side by side, by the room there is; the sheet's steps are the same. */
const MOST = [2, 3, 4, 5, 6, 7] as const;

/** How many columns some tiles take where `most` fit: rows of about one length, and no tile alone in the last. */
export function columnsFor(count: number, most: number): number {
  if (count <= most) return most;
  const even = Math.ceil(count / Math.ceil(count / most));
  for (let columns = even; columns > 1; columns -= 1) if (count % columns !== 1) return columns;
  return even;
}

interface TileGridProps {
  count: number;
  /** A list of tiles: its children are `li`. */
  isList?: boolean;
  className: "works" | "figures-grid";
  children: ReactNode;
}

/** Tiles in even rows, however many there are and however wide the page is. */
export function TileGrid({ count, isList = false, className, children }: TileGridProps) {
  const style = Object.fromEntries(
    MOST.map((most) => [`--of-${most}`, columnsFor(count, most)]),
  ) as CSSProperties;
  return (
    <div className="tile-room">
      {isList ? (
        <ul className={className} style={style}>
          {children}
        </ul>
      ) : (
        <div className={className} style={style}>
          {children}
        </div>
      )}
    </div>
  );
}
