import { day, duration, instant, month, shift, today } from "./dates";
import { add, compare, divide, parse, round, subtract, toPlot, trim } from "./decimal";
import { uuid7 } from "./ids";
import { compact, compactMoney, money, number, rate, UNKNOWN, unitPrice } from "./money";
import { quantity } from "./quantity";

const CLOCK = { offsetMinutes: 480, now: new Date("2026-11-23T06:20:00Z") };
const CASE_OF_24 = [{ unit: "箱", numerator: 24, denominator: 1 }];

describe("decimals", () => {
  test.each([
    ["0.1", "0.2", "0.3"],
    ["9007199254740993.01", "0.01", "9007199254740993.02"],
    ["-1.5", "1.50", "0.00"],
  ])("%s + %s is exactly %s", (one, other, sum) => {
    expect(add(one, other)).toBe(sum);
  });

  test.each([
    ["2.345", 2, "2.35"],
    ["-2.345", 2, "-2.35"],
    ["2.344999", 2, "2.34"],
    ["7", 2, "7.00"],
    ["0.005", 2, "0.01"],
  ])("%s rounded half up to %i places is %s", (value, places, rounded) => {
    expect(round(value, places)).toBe(rounded);
  });

  test.each([
    ["10", "3", 2, "3.33"],
    ["20", "3", 2, "6.67"],
    ["-20", "3", 2, "-6.67"],
    ["1", "8", 2, "0.13"],
    ["49.02", "6", 6, "8.170000"],
    ["0.5", "0.25", 0, "2"],
  ])("%s shared among %s to %i places is %s", (one, other, places, share) => {
    expect(divide(one, other, places)).toBe(share);
  });

  test("nothing is shared among nobody", () => {
    expect(divide("1", "0", 2)).toBeNull();
  });

  test("text that is no number is refused instead of shown as one", () => {
    expect(() => parse("12,5")).toThrow('"12,5" is not a decimal');
    expect(() => parse("1e5")).toThrow();
  });

  test("order and difference do not depend on trailing zeros", () => {
    expect(compare("1.10", "1.1")).toBe(0);
    expect(compare("-2", "1")).toBe(-1);
    expect(subtract("1.00", "0.999")).toBe("0.001");
    expect(trim("100")).toBe("100");
    expect(trim("100.500")).toBe("100.5");
  });

  test("a chart gets a float, and nothing where nothing is known", () => {
    expect(toPlot("12.5")).toBe(12.5);
    expect(toPlot(null)).toBeNull();
  });
});

describe("money", () => {
  test.each([
    ["1234.5", "CNY", "¥1,234.50"],
    ["-1234567.891", "CNY", "-¥1,234,567.89"],
    ["1234.5", "JPY", "JP¥1,235"],
    ["12", "CHF", "CHF 12.00"],
    ["12345678901234567890.12", "USD", "$12,345,678,901,234,567,890.12"],
  ])("%s %s is written %s", (amount, currency, text) => {
    expect(money(amount, currency)).toBe(text);
  });

  test("unknown is a dash, never zero", () => {
    expect([money(null, "CNY"), rate(undefined), compact("", "en"), number(null)]).toEqual(
      Array(4).fill(UNKNOWN),
    );
    expect(money("0", "CNY")).toBe("¥0.00");
  });

  test("a unit price keeps the places it has", () => {
    expect(unitPrice("4.166667", "CNY")).toBe("¥4.166667");
    expect(unitPrice("3.500000", "CNY")).toBe("¥3.50");
  });

  test.each([
    ["12345", "1.23万", "12.35K"],
    ["123456789.12", "1.23亿", "123.46M"],
    ["9999", "9,999", "10K"],
    ["-52000", "-5.2万", "-52K"],
  ])("%s in a tile is %s or %s", (value, zh, en) => {
    expect(compact(value, "zh-Hans")).toBe(zh);
    expect(compact(value, "en")).toBe(en);
  });

  test("a short amount keeps its sign before the symbol", () => {
    expect(compactMoney("-52000", "CNY", "zh-Hans")).toBe("-¥5.2万");
  });

  test.each([
    ["0.125", "12.5%"],
    ["1", "100%"],
    ["-0.0333", "-3.3%"],
    ["12.3456", "1,234.6%"],
  ])("the rate %s is %s", (value, text) => {
    expect(rate(value)).toBe(text);
  });
});

describe("quantities", () => {
  test.each([
    ["77", "3箱5瓶"],
    ["72", "3箱"],
    ["5", "5瓶"],
    ["0", "0瓶"],
    ["-77", "-3箱5瓶"],
    ["77.000000", "3箱5瓶"],
    ["24.5", "1箱0.5瓶"],
    ["240000", "10,000箱"],
  ])("%s bottles are %s", (value, text) => {
    expect(quantity(value, CASE_OF_24, "瓶")).toBe(text);
  });

  test("three units are said from the largest down", () => {
    const units = [...CASE_OF_24, { unit: "板", numerator: 1440, denominator: 1 }];
    expect(quantity("1541", units, "瓶")).toBe("1板4箱5瓶");
  });
});

describe("dates", () => {
  test("the year is said only when it is not this one", () => {
    expect(instant("2026-11-23T06:20:00Z", "zh-Hans", CLOCK)).toBe("11月23日 14:20");
    expect(instant("2025-01-02T16:30:00Z", "zh-Hans", CLOCK)).toBe("2025年1月3日 00:30");
    expect(instant("2026-11-23T06:20:00Z", "en", CLOCK)).toBe("Nov 23, 14:20");
    expect(day("2025-11-23", "en", CLOCK)).toBe("Nov 23, 2025");
    expect(day("2026-11-23", "zh-Hans", CLOCK)).toBe("11月23日");
    expect(day(null, "zh-Hans", CLOCK)).toBe("–");
  });

  test("the business day begins at midnight of the organization's zone", () => {
    expect(today({ offsetMinutes: 480, now: new Date("2026-11-22T16:00:00Z") })).toBe("2026-11-23");
    expect(today({ offsetMinutes: 480, now: new Date("2026-11-22T15:59:59Z") })).toBe("2026-11-22");
  });

  test("moving by months stays inside the month", () => {
    expect(shift("2026-01-31", { months: 1 })).toBe("2026-02-28");
    expect(shift("2026-03-31", { months: -1 })).toBe("2026-02-28");
    expect(shift("2026-11-23", { months: -12, days: 1 })).toBe("2025-11-24");
    expect(month("2026-11-01", "zh-Hans")).toBe("2026年11月");
    expect(month("2026-11-01", "en")).toBe("Nov 2026");
  });

  test("a duration names its two largest units", () => {
    expect(duration(266_400, "zh-Hans")).toBe("3天2小时");
    expect(duration(45, "en")).toBe("45 s");
    expect(duration(0, "zh-Hans")).toBe("0秒");
  });
});

describe("ids", () => {
  test("a UUIDv7 carries its time and its version", () => {
    const id = uuid7(0x0123456789ab, (bytes) => bytes.fill(0xff));

    expect(id).toBe("01234567-89ab-7fff-bfff-ffffffffffff");
  });

  test("two ids of the same moment differ", () => {
    expect(uuid7(1)).not.toBe(uuid7(1));
  });
});
