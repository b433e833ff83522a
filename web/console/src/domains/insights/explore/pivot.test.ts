import type { AnswerOut, FiguresOut } from "@/gen/model";
import { pivot, ranksOf, shareOf } from "./pivot";
import { aboutOnly, columnsQuery, cutQuery, groupsQuery, keysBelow, readQuestion } from "./question";

const TODAY = "2026-11-28";
const row = (keys: (string | null)[], ...values: (string | null)[]): FiguresOut => ({
  keys,
  labels: keys,
  values,
  before: null,
  growth: null,
});
const answer = (rows: FiguresOut[], total: FiguresOut | null = null): AnswerOut => ({
  dimensions: [],
  metrics: [],
  rows,
  total,
  period: { start: "2026-10-01", end: "2026-11-29" },
  compared_with: null,
  is_cut: false,
  currency: "CNY",
  freshness: { complete_at: null, age_seconds: null, version: 1 },
  sql: "",
  engine_ms: 1,
});

test("an empty address asks for branches of this quarter against last year", () => {
  const question = readQuestion({}, TODAY);
  expect(groupsQuery(question)).toEqual({
    metrics: ["net_sales", "orders"],
    dimensions: ["organization_1"],
    filters: [],
    start: "2026-10-01",
    end: "2026-11-29",
    compare: "last_year",
    order_by: [{ by: "net_sales", descending: true }],
    limit: 500,
    with_total: true,
  });
});

test("the deeper cut of a top list asks for the chosen groups only, beside the reader's own filters", () => {
  const question = readQuestion({ rows: ["partner", "sku"], top: "5", "f.province": ["江苏省"] }, TODAY);
  expect(cutQuery(question, question.rows, ["7", "8"]).filters).toEqual([
    { dimension: "province", values: ["江苏省"] },
    { dimension: "partner", values: ["7", "8"] },
  ]);
});

test("days cannot be filtered, so a cut below months asks for all of them, in their order", () => {
  const question = readQuestion({ rows: "month", cols: "brand", top: "5" }, TODAY);
  expect(cutQuery(question, ["month", "brand"], ["2026-10-01"]).filters).toEqual([]);
  expect(groupsQuery(question).order_by).toEqual([{ by: "month", descending: false }]);
  expect(columnsQuery(question).dimensions).toEqual(["brand"]);
});

test("a column that is already a row is no column, and days that end before they start are not taken", () => {
  const question = readQuestion(
    { rows: "month", cols: "month", period: "custom", from: "2026-05-02", until: "2026-05-01" },
    TODAY,
  );
  expect(question.column).toBeNull();
  expect(question.period).toBe("quarter");
});

test.each([
  ["25", "100", "0.2500"],
  ["1", "3", "0.3333"],
  ["2.00", "3", "0.6667"],
  ["-1.5", "3", "-0.5000"],
  ["1", "0.00", null],
  [null, "3", null],
])("%s of %s is the share %s", (part, whole, share) => {
  expect(shareOf(part, whole)).toBe(share);
});

test("equal figures share a place, the next is skipped, the unknown has none", () => {
  expect(ranksOf(["10", "30.00", null, "30", "5"])).toEqual([3, 1, null, 1, 4]);
});

test("totals, groups and leaves stand as they were answered; nothing is added up", () => {
  const question = readQuestion(
    { metric: "return_rate", rows: ["organization_1", "tier"], cols: "month" },
    TODAY,
  );
  const found = pivot(question, {
    groups: answer([row(["东"], "0.2"), row(["西"], "0.1")], row([], "0.17")),
    leaves: answer([row(["东", "A"], "0.3"), row(["西", "A"], "0.1"), row(["东", null], "0.15")]),
    cells: answer([row(["东", "A", "2026-10-01"], "0.31")]),
    groupCells: answer([row(["东", "2026-10-01"], "0.21")]),
    columns: answer([row(["2026-10-01"], "0.18"), row(["2026-11-01"], "0.16")]),
  });
  expect(found.rows.map(({ kind, keys, figures }) => [kind, keys.join("/"), figures.values[0]])).toEqual([
    ["total", "", "0.17"],
    ["group", "东", "0.2"],
    ["leaf", "东/A", "0.3"],
    ["leaf", "东/", "0.15"],
    ["group", "西", "0.1"],
    ["leaf", "西/A", "0.1"],
  ]);
  expect(found.rows.map((one) => one.cells.get("2026-10-01")?.values[0])).toEqual([
    "0.18",
    "0.21",
    "0.31",
    undefined,
    undefined,
    undefined,
  ]);
  expect(found.rows.map((one) => one.ranks)).toEqual([[], [1], [1], [2], [2], [1]]);
});

test("a question for what lies below a figure is asked about exactly those groups, with their own total", () => {
  const address = { metric: ["days_of_cover", "stock_units"], rows: "partner", sort: "days_of_cover:asc" };
  const question = readQuestion({ ...address, below: "7", "f.province": "江苏省" }, TODAY);
  const found = answer([
    row(["D0"], "-1", "0"), // sold more than there was: nobody knows how long that lasts
    row(["D1"], "0", "0"),
    row(["D2"], "6.999", "20"),
    row(["D3"], "7", "30"),
    row(["D4"], null, "5"),
    row([null], "3", "5"),
  ]);

  const keys = keysBelow(question, found);

  expect(keys).toEqual(["D1", "D2"]);
  expect(groupsQuery(aboutOnly(question, keys))).toMatchObject({
    filters: [
      { dimension: "province", values: ["江苏省"] },
      { dimension: "partner", values: ["D1", "D2"] },
    ],
    order_by: [{ by: "days_of_cover", descending: false }],
    with_total: true,
  });
  expect(readQuestion({ ...address, below: "viel" }, TODAY).below).toBeNull();
});
