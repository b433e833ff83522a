// Taking goods in: everything as shipped until somebody says otherwise, line by line.
import { add, compare, isZero, subtract } from "@shared/decimal";
import type { DifferenceIn, DifferenceReason } from "@/gen/model";

export interface Shipped {
  line_no: number;
  sku_id: number;
  shipped: string;
}

/** What was found of a line that did not come as shipped. Base units. */
export interface Found {
  missing: string;
  damaged: string;
  note: string;
}

export type FoundByLine = Readonly<Record<number, Found>>;

const NOTHING: Found = { missing: "0", damaged: "0", note: "" };

export const foundOf = (found: FoundByLine, lineNo: number): Found => found[lineNo] ?? NOTHING;

/** What goes into the stock of a line. */
export const receivedOf = (line: Shipped, { missing, damaged }: Found): string =>
  subtract(line.shipped, add(missing || "0", damaged || "0"));

export const isDifferent = ({ missing, damaged }: Found): boolean =>
  !isZero(missing || "0") || !isZero(damaged || "0");

/** The received figure changed: what is not there any more is missing, what was damaged stays damaged. */
export function received(line: Shipped, before: Found, units: string): Found {
  const most = subtract(line.shipped, before.damaged || "0");
  const rest = subtract(most, units || "0");
  return { ...before, missing: compare(rest, "0") > 0 ? rest : "0" };
}

/** The damaged figure changed: it takes from what was good first, then from what was thought missing. */
export function damaged(line: Shipped, before: Found, units: string): Found {
  const most = subtract(line.shipped, units || "0");
  const missing = compare(before.missing || "0", most) > 0 ? most : before.missing;
  return { ...before, damaged: units || "0", missing };
}

/** What the server is told; nothing of lines that came as shipped.
 *
 * It takes one reason a line: damage, when there is any, because somebody must look at it; how much was only
 * missing then stands in the note.
 */
export function differencesOf(
  lines: readonly Shipped[],
  found: FoundByLine,
  both: (line: Shipped, found: Found) => string,
): DifferenceIn[] {
  return lines.flatMap((line) => {
    const one = foundOf(found, line.line_no);
    if (!isDifferent(one)) return [];
    const reason: DifferenceReason = isZero(one.damaged || "0") ? "SHORT" : "DAMAGED";
    const isBoth = reason === "DAMAGED" && !isZero(one.missing || "0");
    const note = [isBoth ? both(line, one) : "", one.note.trim()].filter(Boolean).join(" ");
    return [{ line_no: line.line_no, received: receivedOf(line, one), reason, note }];
  });
}

/** Nothing of the shipment came. */
export const isNothing = (lines: readonly Shipped[], found: FoundByLine): boolean =>
  lines.every((line) => isZero(receivedOf(line, foundOf(found, line.line_no))));
