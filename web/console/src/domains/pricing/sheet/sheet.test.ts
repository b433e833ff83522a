import type { PricedGoodsOut, SheetOut } from "@/gen/model";
import { otherUnit, priceIn } from "../units";
import { convertedText } from "./cell-text";
import { plainText, readBreaks, readNumber, readTable, writeTable } from "./cells";
import { changed, changeRow, percentBetween, rowInUnit } from "./change";
import { Checker } from "./check";
import { nextFault } from "./next-fault";
import { bodyOf, countsOf, faultsOf, PART, partsOf } from "./saving";
import { at, moved, rectOf } from "./selection";
import { edit, fillDown, paste, type Row } from "./sheet";
import { SheetStore } from "./store";

const GOODS = (id: number, code: string): PricedGoodsOut => ({
  sku_id: id,
  code,
  name: `商品${id}`,
  specification: "",
  initials: "sp",
  status: "ACTIVE",
  base_unit: "瓶",
  order_unit: "箱",
  units: [
    { unit: "箱", numerator: 24, denominator: 1 },
    { unit: "瓶", numerator: 1, denominator: 1 },
  ],
});

const ROW = (id: number, values: Partial<Row> = {}): Row => ({
  id,
  code: `P${id}`,
  unit: "箱",
  price: "10",
  breaks: "",
  floor: "",
  ...values,
});

const SHEET = (count: number): SheetOut => ({
  version: 3,
  before_id: null,
  rows: Array.from({ length: count }, (_, index) => ({
    sku_id: index + 1,
    unit: "箱",
    unit_price: "10",
    breaks: [],
    floor_price: null,
    price_before: "8",
  })),
  goods: Array.from({ length: count }, (_, index) =>
    GOODS(index + 1, `P${String(index + 1).padStart(5, "0")}`),
  ),
});

function aStore(count = 3): SheetStore {
  const store = new SheetStore();
  store.load(SHEET(count), null);
  return store;
}

const change = (store: SheetStore, index: number, values: Partial<Row>) =>
  store.apply(store.state.rows.map((row, place) => (place === index ? { ...row, ...values } : row)));

describe("numbers as people type them", () => {
  test.each([
    ["１２．５", "12.5"],
    ["¥1,234.50", "1234.5"],
    ["12.", "12"],
    [".5", "0.5"],
    ["007", "7"],
    ["12,50元", "1250"],
    ["-3", "-3"],
    ["abc", null],
    ["1e5", null],
    ["1.2.3", null],
    ["", null],
  ])("%s is %s", (typed, read) => expect(readNumber(typed)).toBe(read));

  test("full-width signs and spaces are plain", () => expect(plainText("　ＭＨ－１ ")).toBe("MH-1"));
});

describe("breaks", () => {
  test.each([["240:95; 480：90"], ["满240瓶 95元；≥480瓶 90"], ["≥240: 95; ≥480: 90"], ["240=95;480=90.0"]])(
    "%s reads as two steps",
    (typed) =>
      expect(readBreaks(typed)).toEqual([
        { from: "240", price: "95" },
        { from: "480", price: "90" },
      ]),
  );

  test("what cannot be read is told, not guessed", () => expect(readBreaks("240; 480")).toBeNull());
});

describe("the clipboard", () => {
  test("Excel's quotes, line breaks in cells and last line are read", () =>
    expect(readTable('a\t"b\n""c"""\r\nd\te\r\n')).toEqual([
      ["a", 'b\n"c"'],
      ["d", "e"],
    ]));
  test("what is written is read again", () => {
    const table = [
      ['x"y', "a\tb"],
      ["", "2"],
    ];
    expect(readTable(writeTable(table))).toEqual(table);
  });
});

describe("pasting", () => {
  const place = { top: 1, left: 0, bottom: 1, right: 0 };

  test("a block without titles goes to the right and adds the rows that are missing", () => {
    const done = paste([ROW(1)], [1], place, "P2\t瓶\t１２．５\t240:11\t9\nP3\t箱\t7", 5);
    expect(done.rows.slice(1)).toEqual([
      { id: 5, code: "P2", unit: "瓶", price: "12.5", breaks: "240:11", floor: "9" },
      { id: 6, code: "P3", unit: "箱", price: "7", breaks: "", floor: "" },
    ]);
    expect(done.nextId).toBe(7);
  });

  test("with titles the columns go where they belong, names and totals are left", () => {
    const text = "商品名称\t底价\t含税单价\t商品编码\t单位\n水\t8\t9.50\tP2\t箱";
    expect(paste([], [], { ...place, top: 0 }, text, 1).rows).toEqual([
      { id: 1, code: "P2", unit: "箱", price: "9.5", breaks: "", floor: "8" },
    ]);
  });

  test("one copied cell fills the whole selection", () => {
    const rows = [ROW(1), ROW(2), ROW(3)];
    const done = paste(rows, [1, 2, 3], { top: 0, bottom: 1, left: 2, right: 2 }, "88", 9);
    expect(done.rows.map((row) => row.price)).toEqual(["88", "88", "10"]);
    expect(done.rows[2]).toBe(rows[2]);
  });

  test("rows that a filter hides are not written", () => {
    const done = paste([ROW(1), ROW(2), ROW(3)], [1, 3], { top: 0, bottom: 0, left: 2, right: 2 }, "5\n6", 9);
    expect(done.rows.map((row) => row.price)).toEqual(["5", "10", "6"]);
  });
});

test("fill down copies the first line of the block, column by column", () => {
  const rows = [ROW(1, { price: "5", floor: "4" }), ROW(2), ROW(3)];
  const done = fillDown(rows, [1, 2, 3], { top: 0, bottom: 2, left: 2, right: 2 }, 9);
  expect(done.rows.map(({ price, floor }) => [price, floor])).toEqual([
    ["5", "4"],
    ["5", ""],
    ["5", ""],
  ]);
});

test("typing below the last row begins a new one, nothing typed begins none", () => {
  const place = { top: 1, bottom: 1, left: 0, right: 0 };
  expect(edit([ROW(1)], [1], place, () => "P9", 4).rows[1]).toMatchObject({ id: 4, code: "P9" });
  expect(edit([ROW(1)], [1], place, () => " ", 4).rows).toHaveLength(1);
});

describe("prices by percent", () => {
  test.each([
    ["46.8", "3", "0.01", "48.2"],
    ["46.8", "3", "0.1", "48.2"],
    ["46.85", "-5", "0.1", "44.5"],
    ["0.125", "100", "0.01", "0.25"],
    ["9.995", "0.05", "0.01", "10"],
    ["99.5", "0.5", "1", "100"],
    ["3.333333", "10", "0.000001", "3.666666"],
  ] as const)("%s by %s %% to %s is %s", (price, percent, rounding, result) =>
    expect(changed(price, percent, rounding)).toBe(result),
  );

  test("breaks move with the price when asked; a price nobody can read stays", () => {
    const how = { percent: "10", rounding: "0.01", withBreaks: true } as const;
    expect(changeRow(ROW(1, { breaks: "240:9" }), how)).toMatchObject({ price: "11", breaks: "240:9.9" });
    const unread = ROW(1, { price: "abc" });
    expect(changeRow(unread, how)).toBe(unread);
  });

  test("the percent between two prices is exact to one place", () => {
    expect(percentBetween("46.8", "48.2")).toBe("3");
    expect(percentBetween("3", "2")).toBe("-33.3");
    expect(percentBetween(null, "2")).toBeNull();
  });
});

describe("what is wrong", () => {
  const book = new Map([
    ["P1", GOODS(1, "P1")],
    ["P2", GOODS(2, "P2")],
    ["NO", null],
  ]);
  const of = (values: Partial<Row>) => new Checker().check([ROW(1, values)], book).get(1);

  test.each([
    [{ code: "NO" }, { code: { key: "code_unknown", code: "NO" } }],
    [{ code: "XX" }, { code: { key: "code_checking" } }],
    [{ unit: "吨" }, { unit: { key: "unit_unknown", units: "箱、瓶" } }],
    [{ unit: "" }, { unit: { key: "unit_missing" } }],
    [{ price: "" }, { price: { key: "price_missing" } }],
    [{ price: "abc" }, { price: { key: "not_number" } }],
    [{ price: "0" }, { price: { key: "not_positive" } }],
    [{ price: "1.0000001" }, { price: { key: "too_fine" } }],
    [{ floor: "10.01" }, { price: { key: "below_floor", floor: "10.01" } }],
    [{ breaks: "240:8; 240:7" }, { breaks: { key: "breaks_order" } }],
    [{ breaks: "240:8", floor: "9" }, { breaks: { key: "below_floor", floor: "9" } }],
    [{ breaks: "many" }, { breaks: { key: "breaks_unreadable" } }],
    [{ price: "", breaks: "240:8" }, undefined],
    [{}, undefined],
  ])("%o has %o", (values, faults) => expect(of(values)).toEqual(faults));

  test("the second of two equal rows is told where the first stands", () => {
    const faults = new Checker().check([ROW(1), ROW(2, { code: "P1" })], book);
    expect(faults.get(1)).toBeUndefined();
    expect(faults.get(2)).toEqual({ code: { key: "duplicate", line: 1 } });
  });
});

describe("undo", () => {
  test("takes a step back and again, and what is saved meanwhile stays saved", () => {
    const store = aStore();
    change(store, 0, { price: "11" });
    const [part] = partsOf(store.state);
    store.settle(part?.put.map(({ row, saved }) => ({ id: row.id, saved })) ?? [], [], 4);
    expect(countsOf(store.state).changed).toBe(0);

    store.undo();
    expect(store.state.rows[0]?.price).toBe("10");
    expect(countsOf(store.state).changed).toBe(1); // the server has 11 by now
    store.redo();
    expect(countsOf(store.state).changed).toBe(0);
  });
});

describe("saving", () => {
  test("sends what changed, in parts, each with the version before it", () => {
    const store = aStore(PART + 2);
    store.apply(store.state.rows.map((row) => ({ ...row, price: "11" })));
    const parts = partsOf(store.state);
    expect(parts.map((part) => part.put.length)).toEqual([PART, 2]);
    expect(bodyOf(parts[1] as (typeof parts)[number], 7)).toEqual({
      version: 7,
      remove: [],
      put: [PART + 1, PART + 2].map((skuId) => ({
        sku_id: skuId,
        unit: "箱",
        unit_price: "11",
        breaks: [],
        floor_price: null,
      })),
    });
  });

  test("a row whose unit changes is put anew and its old one goes; two that swap are only put", () => {
    const store = aStore(1);
    change(store, 0, { unit: "瓶" });
    expect(partsOf(store.state).map(({ put, remove }) => [put.length, remove])).toEqual([
      [1, [{ id: store.state.rows[0]?.id, skuId: 1, unit: "箱" }]],
    ]);

    const other = aStore(2);
    const codes = other.state.rows.map((row) => row.code);
    change(other, 0, { code: codes[1], price: "1" });
    change(other, 1, { code: codes[0], price: "2" });
    expect(partsOf(other.state).map(({ put, remove }) => [put.length, remove.length])).toEqual([[2, 0]]);
  });

  test("a row with a fault waits and keeps what the server has of it", () => {
    const store = aStore(2);
    change(store, 0, { code: "", price: "11" });
    change(store, 1, { price: "12" });
    const parts = partsOf(store.state);
    expect(parts.map(({ put, remove }) => [put.map(({ row }) => row.price), remove])).toEqual([[["12"], []]]);
    expect(countsOf(store.state)).toEqual({ changed: 2, faulty: 1, checking: 0 });
  });

  test("the server's refusals stand at their cells until the row is changed", () => {
    const store = aStore(2);
    store.apply(store.state.rows.map((row) => ({ ...row, price: "11" })));
    const [part] = partsOf(store.state);
    if (!part) throw new Error("nothing to save");
    store.refuse(faultsOf(part, [{ field: "put[1].breaks[0].unit_price", reason: "no" }]));
    const id = store.state.rows[1]?.id ?? 0;
    expect(store.state.faults.get(id)).toEqual({ breaks: { key: "refused", words: "no" } });
    change(store, 1, { price: "12" });
    expect(store.state.faults.get(id)).toBeUndefined();
  });
});

test("what was typed and not saved comes back over the server's rows, also when others changed there", () => {
  const store = aStore(3);
  change(store, 0, { price: "11" });
  store.apply([
    ...store.state.rows.slice(0, 2),
    { id: store.nextId++, code: "NEW", unit: "箱", price: "5", breaks: "", floor: "" },
  ]);
  const draft = store.draft();

  const again = new SheetStore();
  const server = SHEET(4);
  again.load(server, draft);
  expect(again.state.rows.map((row) => [row.code, row.price])).toEqual([
    ["P00001", "11"],
    ["P00002", "10"],
    ["P00004", "10"],
    ["NEW", "5"],
  ]);
  expect(countsOf(again.state).changed).toBe(3);
  expect(aStore().draft()).toBeNull();
});

test("keys move as in a spreadsheet and never leave the sheet", () => {
  const stroke = (key: string, more = {}) => ({ key, isControl: false, isShift: false, ...more });
  expect(moved(at(0, 0), stroke("ArrowUp"), 5)?.focus).toEqual({ row: 0, column: 0 });
  expect(moved(at(0, 7), stroke("Tab"), 5)?.focus).toEqual({ row: 1, column: 0 });
  expect(moved(at(4, 7), stroke("Tab"), 5)).toBeNull(); // the page takes over: no trap
  expect(moved(at(2, 3), stroke("End", { isControl: true }), 5)?.focus).toEqual({ row: 4, column: 7 });
  const drawn = moved(at(2, 3), stroke("ArrowDown", { isShift: true }), 5);
  expect(drawn && rectOf(drawn)).toEqual({ top: 2, bottom: 3, left: 3, right: 3 });
});

test("the next mistake is the one after this cell, and after the last comes the first", () => {
  const wrong = { key: "not_number" } as const;
  const faults = new Map([
    [11, { price: wrong, floor: wrong }],
    [13, { unit: wrong }],
    [14, { code: { key: "code_checking" } as const }], // nobody knows yet
  ]);
  const shown = [10, 11, 12, 13, 14];
  const after = (row: number, column: number) => nextFault(shown, faults, { row, column })?.focus;
  expect(after(0, 0)).toEqual({ row: 1, column: 2 });
  expect(after(1, 2)).toEqual({ row: 1, column: 4 });
  expect(after(1, 4)).toEqual({ row: 3, column: 1 });
  expect(after(3, 1)).toEqual({ row: 1, column: 2 });
  expect(nextFault([13], faults, { row: 0, column: 1 })?.focus).toEqual({ row: 0, column: 1 });
  expect(nextFault([], faults, { row: 0, column: 0 })).toBeNull();
  expect(nextFault([10, 14], faults, { row: 0, column: 0 })).toBeNull();
});

test("five thousand rows are judged again in a moment after one changes", () => {
  const store = aStore(5_000);
  let judged = 0;
  const book = store.state.book;
  const counting = new Map(book);
  counting.get = (code: string) => {
    judged += 1;
    return book.get(code);
  };
  const checker = new Checker();
  checker.check(store.state.rows, counting);
  judged = 0;
  checker.check(
    store.state.rows.map((row, index) => (index === 7 ? { ...row, price: "9" } : row)),
    counting,
  );
  expect(judged).toBe(1);
});

describe("a price per case or per bottle", () => {
  const goods = GOODS(1, "P1");

  test("is the same price in the other unit, and says when it is rounded", () => {
    expect(priceIn(goods, "46.8", "箱", "瓶")).toEqual({ price: "1.95", isExact: true });
    expect(priceIn(goods, "1.95", "瓶", "箱")).toEqual({ price: "46.8", isExact: true });
    expect(priceIn(goods, "50", "箱", "瓶")).toEqual({ price: "2.083333", isExact: false });
    expect(priceIn(goods, "0.000012", "箱", "瓶")).toEqual({ price: "0.000001", isExact: false });
    expect(priceIn(goods, "46.8", "箱", "桶")).toBeNull();
    const half = {
      ...goods,
      units: [{ unit: "箱", numerator: 25, denominator: 2 }, ...goods.units.slice(1)],
    };
    expect(priceIn(half, "25", "箱", "瓶")).toEqual({ price: "2", isExact: true });
    expect([otherUnit(goods, "箱"), otherUnit(goods, "瓶"), otherUnit(goods, "桶")]).toEqual([
      "瓶",
      "箱",
      null,
    ]);
    expect(convertedText(ROW(1, { price: "46.8" }), goods, "CNY")).toBe("1.95/瓶");
    expect(convertedText(ROW(1, { price: "50" }), goods, "CNY")).toBe("≈2.083333/瓶");
    expect(convertedText(ROW(1, { unit: "瓶", price: "1.95" }), goods, "CNY")).toBe("46.80/箱");
    expect(convertedText(ROW(1, { price: "abc" }), goods, "CNY")).toBe("");
  });

  test("typed per the other unit is kept per the row's own, and what does not divide is told", () => {
    const store = aStore();
    change(store, 0, { price: "1.95/瓶", floor: "1.5 每 瓶" });
    expect(store.state.rows[0]).toMatchObject({ unit: "箱", price: "46.8", floor: "36" });
    change(store, 1, { unit: "瓶", price: "50/箱" });
    change(store, 2, { price: "3/桶" });
    expect(store.state.rows[1]?.price).toBe("50/箱");
    const faults = [1, 2].map(
      (index) => store.state.faults.get(store.state.rows[index]?.id ?? 0)?.price?.key,
    );
    expect(faults).toEqual(["per_unit", "per_unit"]);
  });

  test("pasted with goods that are not known yet is read once they are", () => {
    const store = aStore();
    store.apply([...store.state.rows, ROW(99, { code: "NEW", price: "1.95/瓶" })]);
    expect(store.state.rows.at(-1)?.price).toBe("1.95/瓶");
    store.learn(["NEW"], [GOODS(9, "NEW")]);
    expect(store.state.rows.at(-1)?.price).toBe("46.8");
  });

  test("moves with its floor and its breaks to another unit, or not at all", () => {
    const row = ROW(1, { price: "48", floor: "36", breaks: "240:43.2" });
    const moved = rowInUnit(row, goods, "base");
    expect(moved).toMatchObject({ unit: "瓶", price: "2", floor: "1.5", breaks: "240:1.8" });
    expect(moved && rowInUnit(moved, goods, "order")).toMatchObject({
      unit: "箱",
      price: "48",
      breaks: "240:43.2",
    });
    expect(rowInUnit(row, goods, "order")).toBe(row);
    expect(rowInUnit({ ...row, floor: "35" }, goods, "base")).toBeNull();
    expect(rowInUnit(row, null, "base")).toBe(row);
  });
});
