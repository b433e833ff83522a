import { byUse, differenceOf, wayOf } from "./changes";

const change = (price_before: string, price_after: string, is_ahead = false) => ({
  price_before,
  price_after,
  is_ahead,
});

test("cheaper is down, dearer is up, and by how much to the cent", () => {
  expect(wayOf(change("67.20", "63.84"))).toBe("down");
  expect(wayOf(change("9.9", "10"))).toBe("up");
  expect(differenceOf(change("67.20", "63.84"))).toBe("3.36");
  expect(differenceOf(change("9.9", "10"))).toBe("0.1");
});

test("what one may profit from is told first, and what ranks alike stays as it came", () => {
  const [fell, soonDearer, soonCheaper, rose, fellToo] = [
    change("10", "9"),
    change("9", "10", true),
    change("9", "8", true),
    change("8", "9"),
    change("5", "4"),
  ] as const;
  expect(byUse([rose, soonCheaper, fell, soonDearer, fellToo])).toEqual([
    fell,
    fellToo,
    soonDearer,
    soonCheaper,
    rose,
  ]);
});
