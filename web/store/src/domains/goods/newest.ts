/** The newest first, each once, no more than `most`. */
export function withNewest<T>(
  rows: readonly T[],
  row: T,
  same: (one: T, other: T) => boolean,
  most: number,
): T[] {
  return [row, ...rows.filter((one) => !same(one, row))].slice(0, most);
}
