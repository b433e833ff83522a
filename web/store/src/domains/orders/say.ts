// What an order's state means to the one who looks at it, from its facts. Pure: pages put the words to the keys.
import { add, compare, divide, isZero, multiply, subtract } from "@shared/decimal";
import { exponentOf } from "@shared/money";
import type { UnitFactor } from "@shared/quantity";
import type { LineOut, OrderOut, OrderRow, OrderState, ShipmentOut, WaybillOut } from "@/gen/model";

export type Side = "mine" | "theirs";

/** The tabs of the list, each with the states behind it; none means all. */
export const TABS = {
  all: [],
  confirm: ["AWAITING_BUYER", "SUBMITTED", "AWAITING_FINANCE"],
  ship: ["CONFIRMED", "PARTIALLY_SHIPPED"],
  receive: ["SHIPPED", "PARTIALLY_SHIPPED"],
  done: ["COMPLETED"],
  cancelled: ["CANCELLED"],
} as const satisfies Record<string, readonly OrderState[]>;
export type Tab = keyof typeof TABS;
export const TAB_NAMES = Object.keys(TABS) as Tab[];

/** A sentence's key in the catalogue, and the moments and names that stand in it. */
export interface Sentence {
  key:
    | "agree"
    | "agree_theirs"
    | "submitted"
    | "submitted_theirs"
    | "finance"
    | "finance_theirs"
    | "preparing"
    | "preparing_theirs"
    | "waiting_goods"
    | "part_shipped"
    | "shipped"
    | "shipped_expected"
    | "delivering"
    | "delivered"
    | "exception"
    | "coming_back"
    | "received"
    | "cancelled";
  /** When it happened; said in the reader's words. */
  at?: string;
  /** When goods are expected. */
  expected?: string;
  who?: string;
}

export const sideOf = (order: Pick<OrderRow, "buyer_id">, organizationId: number): Side =>
  order.buyer_id === organizationId ? "mine" : "theirs";

type Facts = Pick<
  OrderRow,
  "state" | "submitted_at" | "shipped_at" | "received_at" | "seller_name" | "buyer_name"
>;

/** The sentence of an order in a list, where its shipments are not known. */
export function sentenceOf(order: Facts, side: Side): Sentence {
  const isMine = side === "mine";
  const who = isMine ? order.seller_name : order.buyer_name;
  switch (order.state) {
    case "AWAITING_BUYER":
      return { key: isMine ? "agree" : "agree_theirs", at: order.submitted_at, who };
    case "SUBMITTED":
      return { key: isMine ? "submitted" : "submitted_theirs", at: order.submitted_at, who };
    case "AWAITING_FINANCE":
      return { key: isMine ? "finance" : "finance_theirs", at: order.submitted_at, who };
    case "CONFIRMED":
      return { key: isMine ? "preparing" : "preparing_theirs", who };
    case "PARTIALLY_SHIPPED":
      return { key: "part_shipped", at: order.shipped_at ?? undefined, who: order.seller_name };
    case "SHIPPED":
      return { key: "shipped", at: order.shipped_at ?? undefined, who: order.seller_name };
    case "COMPLETED":
      return { key: "received", at: order.received_at ?? undefined, who: order.buyer_name };
    default:
      return { key: "cancelled" };
  }
}

type Bill = Pick<WaybillOut, "state" | "expected_at">;

/** Where a shipment is: received, what the carrier says, or that it left. */
export function shipmentSentence(
  shipment: Pick<ShipmentOut, "state" | "shipped_at" | "received_at"> & { waybills: readonly Bill[] },
  sellerName: string,
): Sentence {
  const left = { at: shipment.shipped_at, who: sellerName };
  if (shipment.state === "RECEIVED") return { key: "received", at: shipment.received_at ?? undefined };
  const says = (state: string) => shipment.waybills.some((bill) => bill.state === state);
  if (says("EXCEPTION")) return { key: "exception", ...left };
  if (says("RETURNED")) return { key: "coming_back", ...left };
  if (shipment.waybills.length > 0 && shipment.waybills.every((bill) => bill.state === "DELIVERED"))
    return { key: "delivered", ...left };
  const expected = shipment.waybills
    .map((bill) => bill.expected_at)
    .filter((at): at is string => Boolean(at));
  const last = expected.sort().at(-1);
  if (says("OUT_FOR_DELIVERY")) return { key: "delivering", ...left, expected: last };
  return last ? { key: "shipped_expected", ...left, expected: last } : { key: "shipped", ...left };
}

/** The sentence of an order's own page: the newest goods on the road say more than its state. */
export function orderSentence(order: OrderOut, side: Side): Sentence {
  const open = order.shipments.filter((shipment) => shipment.state === "SHIPPED");
  const newest = [...open].sort((one, other) => (one.shipped_at < other.shipped_at ? 1 : -1))[0];
  const isMoving = order.state === "SHIPPED" || order.state === "PARTIALLY_SHIPPED";
  if (newest && isMoving) {
    const sentence = shipmentSentence(newest, order.seller_name);
    if (order.state === "PARTIALLY_SHIPPED" && sentence.key === "shipped")
      return { ...sentence, key: "part_shipped" };
    return sentence;
  }
  const isShort = order.lines.some((line) => !isZero(line.backordered)) && order.state === "CONFIRMED";
  const nothingReady = order.lines.every((line) => isZero(line.allocated));
  return isShort && nothingReady ? { key: "waiting_goods", who: order.seller_name } : sentenceOf(order, side);
}

const NEXT = {
  AWAITING_BUYER: "buyer",
  SUBMITTED: "seller",
  AWAITING_FINANCE: "finance",
  CONFIRMED: "ready",
} as const satisfies Partial<Record<OrderState, string>>;

/** What comes next for an order that was just submitted; null once it has gone further: then its own sentence tells. */
export const nextOf = (state: OrderState): (typeof NEXT)[keyof typeof NEXT] | null =>
  NEXT[state as keyof typeof NEXT] ?? null;

export const STAGES = ["submit", "confirm", "ship", "receive"] as const;

/** How many of the four stages lie behind; null when it was cancelled. */
export function stageOf(state: OrderState): number | null {
  const done: Record<OrderState, number | null> = {
    AWAITING_BUYER: 1,
    SUBMITTED: 1,
    AWAITING_FINANCE: 1,
    CONFIRMED: 2,
    PARTIALLY_SHIPPED: 2,
    SHIPPED: 3,
    COMPLETED: 4,
    CANCELLED: null,
  };
  return done[state];
}

/** The unit of which every other is made. */
export const baseUnitOf = (units: readonly UnitFactor[], entered: string): string =>
  units.find((unit) => unit.numerator === unit.denominator)?.unit ?? entered;

export const unitsOf = (line: { units: readonly unknown[] }): UnitFactor[] => line.units as UnitFactor[];

type Returned = Pick<OrderOut["returns"][number], "state" | "lines">;

/** What of a line can still be returned: received, less what is or was asked back and not refused. */
export function returnableOf(
  line: Pick<LineOut, "line_no" | "received">,
  returns: readonly Returned[],
): string {
  const asked = returns
    .filter((one) => one.state !== "REJECTED")
    .flatMap((one) => one.lines)
    .filter((one) => one.order_line_no === line.line_no)
    .map((one) => one.returned);
  const left = subtract(line.received, add("0", ...asked));
  return compare(left, "0") > 0 ? left : "0";
}

/** What a part of a line cost, to the cent; the server rounds over all returns of the line together. */
export function worthOf(
  line: Pick<LineOut, "gross_amount" | "ordered">,
  units: string,
  currency: string,
): string {
  return divide(multiply(line.gross_amount, units || "0"), line.ordered, exponentOf(currency)) ?? "0";
}

type Hold = OrderOut["holds"][number];

/** What a warehouse has promised to each line: warehouse → line → base units. */
export function promisesOf(holds: readonly Hold[]): Map<number, Map<number, string>> {
  const found = new Map<number, Map<number, string>>();
  for (const hold of holds) {
    if (hold.is_money || hold.warehouse_id === null) continue;
    const lines = found.get(hold.warehouse_id) ?? new Map<number, string>();
    lines.set(hold.line_no, add(lines.get(hold.line_no) ?? "0", hold.remaining));
    found.set(hold.warehouse_id, lines);
  }
  return found;
}
