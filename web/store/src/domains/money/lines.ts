// A movement of an account: what it was, for whom one reads it, and where it leads.
import type { StatementLineOut } from "@/gen/model";

/** Whose account it is: one's own with a seller, or a customer's with oneself. */
export type Side = "mine" | "theirs";

export type LineKind =
  | "receipt"
  | "receipt_reversed"
  | "shipment"
  | "shipment_credited"
  | "return"
  | "order"
  | "opening"
  | "other";

type Moved = Pick<StatementLineOut, "source_type" | "change">;

const isDown = (change: string): boolean => change.startsWith("-");

/** What moved the account. Money that comes in raises it, goods lower it; the other way round takes back. */
export function kindOf({ source_type, change }: Moved): LineKind {
  switch (source_type) {
    case "receipt":
      return isDown(change) ? "receipt_reversed" : "receipt";
    case "shipment":
      return isDown(change) ? "shipment" : "shipment_credited";
    case "return":
    case "order":
    case "opening":
      return source_type;
    default:
      return "other";
  }
}

/** What a press opens; null where there is nothing behind the line. */
export function placeOf({ source_type }: Moved): "shipment" | "order" | "receipt" | "return" | null {
  switch (source_type) {
    case "shipment":
    case "order":
    case "receipt":
    case "return":
      return source_type;
    default:
      return null;
  }
}
