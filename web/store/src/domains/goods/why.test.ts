import { readWhy } from "./why";

const WON = {
  list: "TIER-A",
  level: 3,
  from: "2026-11-01",
  to: null,
  unit: ["箱", 15, 1],
  price: "53.84",
  reason: "WON",
};
const BASE = {
  list: "BASE",
  level: 5,
  from: "2025-04-08",
  to: "2026-12-01",
  unit: ["箱", 15, 1],
  price: "55.5",
  reason: "LOWER_LEVEL",
};

describe("why this price", () => {
  test("names the price that won and what it saves against the widest one", () => {
    const why = readWhy({ candidates: [WON, BASE] });

    expect(why?.won).toEqual({
      list: "TIER-A",
      level: 3,
      from: "2026-11-01",
      to: null,
      unit: "箱",
      price: "53.84",
    });
    expect(why?.saved).toMatchObject({ list: "BASE", level: 5, price: "55.5", difference: "1.66" });
    expect(why?.others).toMatchObject([{ list: "BASE", reason: "LOWER_LEVEL" }]);
  });

  test("claims no saving where the own price is higher, or in another unit", () => {
    expect(readWhy({ candidates: [WON, { ...BASE, price: "50" }] })?.saved).toBeNull();
    expect(readWhy({ candidates: [WON, { ...BASE, unit: ["瓶", 1, 1] }] })?.saved).toBeNull();
  });

  test.each([
    null,
    "x",
    {},
    { candidates: [] },
    { candidates: [{ ...WON, level: 9 }] },
    { candidates: [BASE] },
  ])("says nothing about what it cannot read: %o", (trace) => {
    expect(readWhy(trace)).toBeNull();
  });
});
