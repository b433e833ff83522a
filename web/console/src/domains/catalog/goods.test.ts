import type { ScopeOut, SkuOut } from "@/gen/model";
import { thumbnailOf, unitsText } from "./goods";
import { bodyOf as scopeBody, draftOf as scopeDraft } from "./scope-draft";
import { bodyOf, draftOf, gtinDigit, gtinProblem } from "./sku-draft";

const unit = (name: string, numerator: number, denominator: number, more = {}) => ({
  unit: name,
  numerator,
  denominator,
  barcode: "",
  barcode_repaired: false,
  order_step: "0",
  is_order_unit: false,
  ...more,
});

const SKU: SkuOut = {
  id: 1,
  code: "W550",
  name: "矿泉水 550ml",
  specification: "550ml×24",
  base_unit: "瓶",
  order_unit: "箱",
  is_whole: true,
  units: [
    unit("箱", 24, 1, { is_order_unit: true, order_step: "5" }),
    unit("瓶", 1, 1, { barcode: "6901234567892" }),
  ],
  tax_rate: "0.1300",
  shelf_life_days: 365,
  order_minimum: "24",
  order_multiple: "0",
  order_limit: null,
  period_limit: null,
  period_days: null,
  standard_cost: null,
  status: "ACTIVE",
  version: 3,
};

test("units are told as exact factors, whole or not", () => {
  expect(unitsText(SKU)).toBe("1箱 = 24瓶");
  expect(unitsText({ ...SKU, base_unit: "千克", units: [unit("斤", 1, 2), unit("千克", 1, 1)] })).toBe(
    "1斤 = 1/2千克",
  );
});

test.each([
  ["6901234567892", null],
  ["", null],
  ["690 1234-567892", null],
  ["6901234567890", "checksum"],
  ["69012A4567892", "character"],
  ["123", "length"],
  ["00012345678905", null],
])("the barcode %s is judged %s", (code, problem) => {
  expect(gtinProblem(code)).toBe(problem);
});

test("a wrong last digit is named", () => {
  expect(gtinDigit("6901234567890")).toBe(2);
});

test("an edited sku keeps what was not touched, and the base unit with its barcode", () => {
  expect(bodyOf(draftOf(SKU))).toEqual({
    code: "W550",
    name: "矿泉水 550ml",
    specification: "550ml×24",
    base_unit: "瓶",
    is_whole: true,
    units: [
      { unit: "瓶", barcode: "6901234567892", is_order_unit: false },
      { unit: "箱", numerator: 24, denominator: 1, barcode: "", order_step: "5", is_order_unit: true },
    ],
    tax_rate: "0.13",
    shelf_life_days: 365,
    order_minimum: "24",
    order_multiple: "0",
    order_limit: null,
    period_limit: null,
    period_days: null,
    standard_cost: null,
  });
});

test("a list shows the small picture of one that was uploaded", () => {
  const id = "019a0000-0000-7000-8000-000000000001";
  expect(thumbnailOf(`/api/v1/files/${id}/content`)).toBe(`/api/v1/files/${id}/thumbnail`);
  expect(thumbnailOf("/static/goods/w550.svg")).toBe("/static/goods/w550.svg");
});

test("a rule goes through the form unchanged", () => {
  const rule: ScopeOut = {
    id: 9,
    name: "华东饮料",
    is_allow: false,
    organization_ids: [28],
    under_paths: ["000001.000003."],
    tiers: ["A"],
    tags: [],
    channels: [],
    kinds: ["STORE"],
    sku_ids: [1],
    category_ids: [2],
    brand_ids: [],
    valid_from: "2026-01-01",
    valid_to: "2027-01-01",
    version: 2,
    organizations: { "28": "顺达", "3": "华东大区" },
    skus: { "1": "矿泉水" },
  };
  const draft = scopeDraft(rule, "2026-11-28");
  expect(draft.under).toEqual([{ key: "000001.000003.", name: "华东大区" }]);
  const { id: _id, version: _version, organizations: _organizations, skus: _skus, ...content } = rule;
  expect(scopeBody(draft)).toEqual(content);
});
