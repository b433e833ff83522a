import { byUse, differenceOf, headOf, nextRise, wayOf } from "./changes";

const change = (price_before: string, price_after: string, since = "2026-11-20", is_ahead = false) => ({
  price_before,
  price_after,
  since,
  is_ahead,
});
const ahead = (price_before: string, price_after: string, since: string) =>
  change(price_before, price_after, since, true);

test("cheaper is down, dearer is up, and by how much to the cent", () => {
  expect(wayOf(change("67.20", "63.84"))).toBe("down");
  expect(wayOf(change("9.9", "10"))).toBe("up");
  expect(differenceOf(change("67.20", "63.84"))).toBe("3.36");
  expect(differenceOf(change("9.9", "10"))).toBe("0.1");
});

const fell = change("10", "9", "2026-11-20");
const fellBefore = change("5", "4", "2026-11-02");
const rose = change("8", "9", "2026-11-25");
const dearerFirst = ahead("9", "10", "2026-12-01");
const dearerToo = ahead("4", "6", "2026-12-01");
const dearerLater = ahead("7", "7.5", "2026-12-08");
const cheaperSoon = ahead("9", "8", "2026-11-30");

test("a rise is told before it comes, the soonest first; then what is cheaper now, the latest first", () => {
  expect(byUse([rose, cheaperSoon, fellBefore, dearerLater, fell, dearerFirst])).toEqual([
    dearerFirst,
    dearerLater,
    fell,
    fellBefore,
    cheaperSoon,
    rose,
  ]);
});

test("many rises to come leave a place for what is cheaper now", () => {
  const rises = [dearerFirst, dearerToo, dearerLater];

  expect(headOf([...rises, fellBefore, fell], 3)).toEqual([dearerFirst, dearerToo, fell]);
  expect(headOf([...rises, rose], 3)).toEqual(rises);
  expect(headOf([fell, fellBefore, dearerFirst, rose], 3)).toEqual([dearerFirst, fell, fellBefore]);
});

test("the next rise is a day", () => {
  expect(nextRise([fell, dearerLater, dearerToo, cheaperSoon, dearerFirst])).toBe("2026-12-01");
  expect(nextRise([fell, rose, cheaperSoon])).toBeNull();
});
