import type { OrderOut, OrderState } from "@/gen/model";
import {
  nextOf,
  orderSentence,
  promisesOf,
  returnableOf,
  sentenceOf,
  shipmentSentence,
  stageOf,
  TABS,
  worthOf,
} from "./say";

const facts = (state: OrderState) => ({
  state,
  submitted_at: "2026-11-28T06:20:00Z",
  shipped_at: "2026-11-28T08:00:00Z",
  received_at: "2026-11-29T02:00:00Z",
  seller_name: "沐禾",
  buyer_name: "永兴超市",
});
const bill = (state: string, expected_at: string | null = null) => ({ state, expected_at });
const shipment = (waybills: ReturnType<typeof bill>[]) => ({
  state: "SHIPPED" as const,
  shipped_at: "2026-11-28T08:00:00Z",
  received_at: null,
  waybills,
});

describe("what an order's state means", () => {
  test("depends on who looks at it", () => {
    expect(sentenceOf(facts("SUBMITTED"), "mine")).toEqual({
      key: "submitted",
      at: "2026-11-28T06:20:00Z",
      who: "沐禾",
    });
    expect(sentenceOf(facts("SUBMITTED"), "theirs")).toMatchObject({
      key: "submitted_theirs",
      who: "永兴超市",
    });
    expect(sentenceOf(facts("CONFIRMED"), "theirs").key).toBe("preparing_theirs");
  });

  test("every state has a tab, a stage and a sentence", () => {
    const states = Object.values(TABS).flat();
    expect([...new Set(states)]).toHaveLength(8);
    for (const state of states) expect(sentenceOf(facts(state), "mine").key).toBeTruthy();
    expect(stageOf("COMPLETED")).toBe(4);
    expect(stageOf("CANCELLED")).toBeNull();
  });

  test("what comes next is said until goods leave or nothing comes any more", () => {
    const said = Object.values(TABS)
      .flat()
      .map((state) => [state, nextOf(state)]);
    expect(Object.fromEntries(said)).toEqual({
      AWAITING_BUYER: "buyer",
      SUBMITTED: "seller",
      AWAITING_FINANCE: "finance",
      CONFIRMED: "ready",
      PARTIALLY_SHIPPED: null,
      SHIPPED: null,
      COMPLETED: null,
      CANCELLED: null,
    });
  });

  test("goods on the road say where they are and when they come", () => {
    const say = (...bills: ReturnType<typeof bill>[]) => shipmentSentence(shipment(bills), "沐禾");
    expect(say().key).toBe("shipped");
    expect(say(bill("IN_TRANSIT", "2026-11-29T10:00:00Z"), bill("CREATED", "2026-11-30T10:00:00Z"))).toEqual({
      key: "shipped_expected",
      at: "2026-11-28T08:00:00Z",
      who: "沐禾",
      expected: "2026-11-30T10:00:00Z",
    });
    expect(say(bill("OUT_FOR_DELIVERY")).key).toBe("delivering");
    expect(say(bill("DELIVERED"), bill("IN_TRANSIT")).key).toBe("shipped");
    expect(say(bill("DELIVERED")).key).toBe("delivered");
    expect(say(bill("EXCEPTION"), bill("DELIVERED")).key).toBe("exception");
  });

  test("an order all of whose goods are lacking waits for goods", () => {
    const order = { ...facts("CONFIRMED"), shipments: [], lines: [{ backordered: "3", allocated: "0" }] };
    expect(orderSentence(order as unknown as OrderOut, "mine").key).toBe("waiting_goods");
    order.lines.push({ backordered: "0", allocated: "2" });
    expect(orderSentence(order as unknown as OrderOut, "mine").key).toBe("preparing");
  });
});

describe("how much", () => {
  test("can go back: received, less what was asked back already and not refused", () => {
    const asked = (state: "REQUESTED" | "REJECTED", returned: string) => ({
      state,
      lines: [{ order_line_no: 1, returned }],
    });
    const returns = [asked("REQUESTED", "2"), asked("REJECTED", "5")] as never;
    expect(returnableOf({ line_no: 1, received: "6" }, returns)).toBe("4");
    expect(returnableOf({ line_no: 2, received: "6" }, returns)).toBe("6");
    expect(returnableOf({ line_no: 1, received: "1" }, returns)).toBe("0");
  });

  test("was paid for a part of a line, to the cent", () => {
    const line = { gross_amount: "24.51", ordered: "3" };
    expect(worthOf(line, "1", "CNY")).toBe("8.17");
    expect(worthOf({ gross_amount: "10", ordered: "3" }, "2", "CNY")).toBe("6.67");
    expect(worthOf({ gross_amount: "100", ordered: "0.5" }, "0.25", "JPY")).toBe("50");
    expect(worthOf(line, "", "CNY")).toBe("0.00");
  });

  test("a warehouse has promised: goods only, lots together", () => {
    const hold = (line_no: number, remaining: string, warehouse_id: number | null, is_money = false) => ({
      hold_id: 1,
      is_money,
      line_no,
      lot: "",
      remaining,
      warehouse_id,
    });
    const promises = promisesOf([
      hold(1, "3", 9),
      hold(1, "2", 9),
      hold(0, "99.5", null, true),
      hold(2, "4", 8),
    ]);
    expect(promises.get(9)?.get(1)).toBe("5");
    expect(promises.get(8)?.get(2)).toBe("4");
    expect(promises.size).toBe(2);
  });
});
