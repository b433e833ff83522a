import type { Faults } from "./check";
import { at, type Selection } from "./selection";
import { FIELDS } from "./sheet";

interface Spot {
  row: number;
  column: number;
}

const isWrong = (faults: Faults | undefined, column: number): boolean => {
  const field = FIELDS[column];
  const fault = field && faults?.[field];
  return fault !== undefined && fault.key !== "code_checking";
};

/** The next cell to put right after this one, from the top again when there is none below. */
export function nextFault(
  shown: readonly number[],
  faults: ReadonlyMap<number, Faults>,
  after: Spot,
): Selection | null {
  for (let step = 0; step <= shown.length; step += 1) {
    const row = (after.row + step) % Math.max(shown.length, 1);
    const found = faults.get(shown[row] ?? -1);
    const isRound = step === shown.length;
    for (let column = step === 0 ? after.column + 1 : 0; found && column < FIELDS.length; column += 1) {
      if (isRound && column > after.column) break;
      if (isWrong(found, column)) return at(row, column);
    }
  }
  return null;
}
