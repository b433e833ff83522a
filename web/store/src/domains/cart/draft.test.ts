import type { AddressOut, CartOut } from "@/gen/model";
import { editedCart, emptyDraft, lackingIn, submitOf } from "./draft";

const HOME: AddressOut = {
  id: 7,
  label: "仓库",
  province: "江苏省",
  city: "苏州市",
  district: "姑苏区",
  street: "平江路 8 号",
  region_code: "320508",
  contact_name: "郭玉兰",
  contact_phone: "13800000000",
  is_default: true,
};

describe("an order's draft", () => {
  test("begins with the address goods usually go to, else with the one on record", () => {
    expect(emptyDraft("a", [{ ...HOME, id: 3, is_default: false }, HOME]).place).toBe(7);
    expect(emptyDraft("a").place).toBe("record");
  });

  test("sends a kept address in full, a typed one trimmed, and none where the seller knows it", () => {
    const draft = emptyDraft("a", [HOME]);
    expect(submitOf(draft, [HOME]).address).toEqual({
      street: "江苏省苏州市姑苏区平江路 8 号",
      contact_name: "郭玉兰",
      contact_phone: "13800000000",
    });
    expect(submitOf({ ...draft, place: "typed", street: " 东环路 1 号 " }, [HOME]).address).toEqual({
      street: "东环路 1 号",
    });
    expect(submitOf({ ...draft, place: "record" }, [HOME]).address).toEqual({});
    expect(submitOf({ ...draft, place: "typed", street: "x", note: " 早点送 " }, []).buyer_note).toBe(
      "早点送",
    );
    expect(submitOf(draft, [HOME]).wanted_date).toBeNull();
  });

  test("is not sent without a street, nor for a day that is over", () => {
    const draft = { ...emptyDraft("a"), wanted: "2026-11-29" };
    expect(lackingIn(draft, "2026-11-29")).toBeNull();
    expect(lackingIn(draft, "2026-11-30")).toBe("past");
    expect(lackingIn({ ...draft, place: "typed", street: " " }, "2026-11-29")).toBe("street");
  });
});

describe("quantities the server does not know yet", () => {
  const cart = {
    currency: "CNY",
    lines: [
      { sku_id: 1, sku_name: "水", unit: "箱", quantity: "2.000000", unit_price: "53.84" },
      { sku_id: 2, sku_name: "茶", unit: "箱", quantity: "1.000000", unit_price: "10.005" },
    ],
  } as unknown as CartOut;
  const wanted = (lines: { unit: string; quantity: string }[]) =>
    new Map([[1, { skuId: 1, counts: {}, lines, units: ["箱", "瓶"] }]]);

  test("are ordered at the prices that were shown; what was not shown has none", () => {
    const edited = editedCart(
      cart,
      wanted([
        { unit: "箱", quantity: "3" },
        { unit: "瓶", quantity: "4" },
      ]),
      String,
    );
    expect(edited?.lines).toEqual([
      { sku_id: 2, sku_name: "茶", unit: "箱", quantity: "1.000000", unit_price: "10.005" },
      { sku_id: 1, sku_name: "水", unit: "箱", quantity: "3", unit_price: "53.84" },
      { sku_id: 1, sku_name: "水", unit: "瓶", quantity: "4", unit_price: null },
    ]);
    expect(edited?.gross_amount).toBe("171.53");
  });

  test("of goods that are gone leave no line; without any there is nothing edited", () => {
    expect(editedCart(cart, wanted([]), String)?.lines.map((line) => line.sku_id)).toEqual([2]);
    expect(editedCart(cart, new Map(), String)).toBeUndefined();
  });
});
