import type { GoodsOut, SaleLineOut } from "@/gen/model";
import { correctedLines, isChanged } from "./sale-correct";

const GOODS: GoodsOut = {
  code: "WA003",
  name: "沐泉天然矿泉水 1.5L",
  sku_id: 7,
  specification: "",
  base_unit: "瓶",
  scanned_unit: "",
  is_whole: true,
  units: [],
};
const OLD: SaleLineOut = {
  line_no: 2,
  sku_id: 7,
  sku_code: "WA003",
  sku_name: GOODS.name,
  lot: "B1",
  units: "6",
  units_text: "6瓶",
  amount: "30",
  external_id: "POS1",
  external_line: "1",
  short: "0",
  is_reversed: false,
};
const line = { key: 2, goods: GOODS, units: "6", amount: "30.00" };

test("the same figures written otherwise are no correction, other figures are", () => {
  expect(isChanged([line], [OLD])).toBe(false);
  expect(isChanged([{ ...line, units: "5" }], [OLD])).toBe(true);
  expect(isChanged([{ ...line, amount: null }], [OLD])).toBe(true);
  expect(isChanged([], [OLD])).toBe(true);
});

test("a corrected line keeps its lot and receipt; a new one has none", () => {
  expect(
    correctedLines(
      [
        { ...line, units: "5" },
        { ...line, key: 3 },
      ],
      [OLD],
    ),
  ).toEqual([
    { sku_code: "WA003", units: "5", amount: "30.00", lot: "B1", external_id: "POS1", external_line: "1" },
    { sku_code: "WA003", units: "6", amount: "30.00", lot: null, external_id: "", external_line: "" },
  ]);
});
