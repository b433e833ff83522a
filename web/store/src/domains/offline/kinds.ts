// What can be sent later: one line each. Every address takes an Idempotency-Key, so a lost answer is only asked again.
import type {
  CancelIn,
  CartOut,
  CartSubmitIn,
  CountFiguresIn,
  ReceiveIn,
  ReturnIn,
  SaleIn,
  ShipIn,
  StepIn,
} from "@/gen/model";
import type { Made } from "./outbox";
import { agreedOf } from "./requote";
import type { AgreedLine, Facts, Kind } from "./types";

/** Everything but an order: the address by the document it belongs to. */
const ADDRESSES = {
  receive: (id: string) => `/shipments/${id}/receive`,
  return: (id: string) => `/orders/${id}/returns`,
  sale: () => "/sell-out",
  count: (id: string) => `/stock/counts/${id}/entries`,
  confirm: (id: string) => `/orders/${id}/confirm`,
  ship: (id: string) => `/orders/${id}/ship`,
  cancel: (id: string) => `/orders/${id}/cancel`,
} satisfies Record<Exclude<Kind, "order">, (id: string) => string>;

export interface Bodies {
  receive: ReceiveIn;
  return: ReturnIn;
  sale: SaleIn;
  count: CountFiguresIn;
  confirm: StepIn;
  ship: ShipIn;
  cancel: CancelIn;
}

export interface Wanted<K extends keyof Bodies> {
  kind: K;
  /** This intention's own id, made when its form was opened: it is the key. */
  id: string;
  /** The document it belongs to; "" where it stands for itself. */
  target: string;
  body: Bodies[K];
  facts: Facts;
}

export const plainOf = <K extends keyof Bodies>({ kind, id, target, body, facts }: Wanted<K>): Made => ({
  kind,
  id,
  facts,
  wish: { url: ADDRESSES[kind](target), data: body },
});

export interface WantedOrder {
  /** The order's id: made once for a cart, however often one presses. */
  id: string;
  /** The cart as it was shown: its prices are what is agreed to. */
  cart: CartOut;
  draft: Omit<CartSubmitIn, "id" | "version" | "quote_digest">;
  /** Quantities changed here that the server does not know yet, with what was shown of them. */
  edited?: { lines: AgreedLine[]; gross_amount: string };
}

export function orderOf({ id, cart, draft, edited }: WantedOrder): Made {
  const shown = agreedOf(cart);
  const agreed = edited ? { ...shown, ...edited, digest: "", isEdited: true } : shown;
  return {
    kind: "order",
    id,
    wish: { cartId: cart.id, agreed, draft },
    facts: { lines: agreed.lines.length, amount: agreed.gross_amount, currency: agreed.currency },
  };
}
