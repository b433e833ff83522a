import { isPhone, isUnderWay, maskedPhone, plainPhone, secondsLeft, waitOf } from "./phone";

test.each([
  ["138 1234 5678", "13812345678"],
  ["+86 138-1234-5678", "13812345678"],
  ["8613812345678", "13812345678"],
  ["008613812345678", "13812345678"],
  ["+852 9123 4567", "+85291234567"],
])("%s is one spelling", (typed, plain) => {
  expect(plainPhone(typed)).toBe(plain);
});

test("what can be no mobile number is not asked about", () => {
  expect(["13812345678", "+852 9123 4567", "+86 138 1234 5678"].map(isPhone)).toEqual([true, true, true]);
  expect(["", "1381234567", "138123456789", "buyer", "02112345678"].map(isPhone)).toEqual(
    Array.from({ length: 5 }, () => false),
  );
});

test("a number is shown so that its owner knows it", () => {
  expect(maskedPhone("138 1234 5678")).toBe("138****5678");
});

const asked = { phone: "13812345678", askedAt: 1_000_000, againAt: 1_060_000 };

test("the wait belongs to a number, however it is typed, and survives leaving the page", () => {
  expect(secondsLeft(asked, "138 1234 5678", 1_000_500)).toBe(60);
  expect(secondsLeft(asked, "+8613812345678", 1_059_001)).toBe(1);
  expect(secondsLeft(asked, "13812345678", 1_060_000)).toBe(0);
  expect(secondsLeft(asked, "13912345678", 1_000_500)).toBe(0);
  expect(secondsLeft(null, "13812345678", 0)).toBe(0);
});

test("a clock set back locks nobody out", () => {
  expect(secondsLeft(asked, "13812345678", 900_000)).toBe(0);
  expect(isUnderWay(asked, 900_000)).toBe(false);
});

test("a code is waited for as long as it counts", () => {
  expect(isUnderWay(asked, 1_299_999)).toBe(true);
  expect(isUnderWay(asked, 1_300_000)).toBe(false);
  expect(isUnderWay(null, 1)).toBe(false);
});

test("a wait is said in the unit that one would say", () => {
  expect([60, 90, 91, 5400, 5401].map(waitOf)).toEqual([
    { unit: "seconds", count: 60 },
    { unit: "seconds", count: 90 },
    { unit: "minutes", count: 2 },
    { unit: "minutes", count: 90 },
    { unit: "hours", count: 2 },
  ]);
});
