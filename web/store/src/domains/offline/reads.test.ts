import { isKept, type KeptRead, readReads, writeReads } from "./reads";

const read = (name: string, updatedAt: number, data: unknown = "x"): KeptRead => ({
  queryKey: [name],
  queryHash: JSON.stringify([name]),
  updatedAt,
  data,
});
const DAY = 24 * 3600_000;

describe("what stays readable without a network", () => {
  test("is what the pages show, not what misleads when it is old", () => {
    expect(isKept(["/api/v1/shop/skus", { q: "w" }])).toBe(true);
    expect(isKept(["cart"])).toBe(true);
    expect(isKept(["/api/v1/insights/x"])).toBe(false);
    expect(isKept([{ odd: 1 }])).toBe(false);
  });

  test("belongs to one person: somebody else reads nothing", () => {
    const text = writeReads("7.1", [read("cart", DAY)], DAY);
    expect(readReads(text, "7.1").map((one) => one.queryKey)).toEqual([["cart"]]);
    expect(readReads(text, "7.2")).toEqual([]);
    expect(readReads("{broken", "7.1")).toEqual([]);
    expect(readReads(null, "7.1")).toEqual([]);
  });

  test("is the newest that fits; a large old answer does not push out small ones", () => {
    const reads = [
      read("old", 1, "x".repeat(400)),
      read("large", 3, "x".repeat(900)),
      read("new", 4),
      read("small", 2),
    ];
    const kept = readReads(writeReads("7.1", reads, DAY, 600), "7.1").map((one) => one.queryKey[0]);
    expect(kept).toEqual(["new", "small"]);
  });

  test("is dropped after two weeks", () => {
    expect(readReads(writeReads("7.1", [read("cart", 0)], 15 * DAY), "7.1")).toEqual([]);
  });
});
