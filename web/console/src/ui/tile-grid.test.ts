import { columnsFor } from "./tile-grid";

const rows = (count: number, most: number): number[] => {
  const columns = columnsFor(count, most);
  return Array.from({ length: Math.ceil(count / columns) }, (_, row) =>
    Math.min(columns, count - row * columns),
  );
};

describe("Tiles in rows", () => {
  test("no tile stands alone below a full row", () => {
    expect(rows(6, 5)).toEqual([3, 3]);
    expect(rows(9, 4)).toEqual([3, 3, 3]);
    expect(rows(10, 3)).toEqual([2, 2, 2, 2, 2]);
    expect(rows(11, 5)).toEqual([4, 4, 3]);
    expect(rows(7, 6)).toEqual([4, 3]);
  });
  test("what fits into one row keeps the width of the others", () => {
    expect(columnsFor(3, 5)).toBe(5);
    expect(columnsFor(5, 5)).toBe(5);
  });
  test("seven in three columns leave one over whatever is done", () => {
    expect(rows(7, 3)).toEqual([3, 3, 1]);
  });
});
