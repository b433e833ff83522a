// What waits on this device to be sent, and what the person sees of it. docs/algorithms/offline.md tells the whole story.
import type { CartSubmitIn, TwinOut } from "@/gen/model";
import type { Problem } from "@/problem";

/** `sending` found without a sender (the page was closed meanwhile) is `waiting` again: the same key asks once more. */
export type EntryState = "waiting" | "sending" | "consent" | "refused" | "done";

/** Why something waits: no network, a server that is busy, or nobody signed in. */
export type Why = "" | "offline" | "busy" | "sign_in";

export type Kind = "order" | "receive" | "return" | "sale" | "count" | "confirm" | "ship" | "cancel";

/** A line as the person saw it when they agreed; a null price was not known. */
export interface AgreedLine {
  sku_id: number;
  sku_name: string;
  unit: string;
  quantity: string;
  unit_price: string | null;
}

/** What was agreed to: these lines at these prices. */
export interface Agreed {
  version: number;
  /** Of the quote that was shown; "" when it was never shown, e.g. for quantities typed without a network. */
  digest: string;
  currency: string;
  gross_amount: string;
  lines: AgreedLine[];
  /** The server's cart may differ from these lines, because they were changed here: they are written first. */
  isEdited: boolean;
}

export interface OrderWish {
  cartId: string;
  agreed: Agreed;
  draft: Omit<CartSubmitIn, "id" | "version" | "quote_digest">;
}

export interface Difference {
  what: "price" | "quantity" | "gone" | "added" | "blocked" | "short" | "total";
  name: string;
  unit: string;
  before: string | null;
  after: string | null;
  /** Why it cannot be ordered, for `blocked`. */
  code?: string;
  facts?: Record<string, unknown>;
}

/** What would be ordered instead; nothing is sent until somebody agrees to it. */
export interface Offer {
  agreed: Agreed;
  differences: Difference[];
}

/** One request exactly as it went out: asked again with the same key until an answer comes. */
export interface Sent {
  url: string;
  key: string;
  data: unknown;
}

export interface Answer {
  id: string;
  number: string;
  /** An order with the same content from a short while ago: perhaps this one is one too many. */
  twin?: TwinOut;
}

export interface Facts {
  /** How many goods it is about, and for money its amount: what the person recognises it by. */
  lines?: number;
  amount?: string;
  currency?: string;
  /** The number of the document it belongs to. */
  number?: string;
}

export interface Entry {
  /** Made here before the first attempt. For an order also the order's own id. */
  id: string;
  kind: Kind;
  /** Whose it is: nobody else on this device sees or sends it. */
  owner: string;
  /** For an order an `OrderWish`; else the request as it will be sent. */
  wish: OrderWish | { url: string; data: unknown };
  facts: Facts;
  state: EntryState;
  why: Why;
  attempts: number;
  /** How many bodies went out under this entry: each has a key of its own. */
  rounds: number;
  madeAt: number;
  /** Not before this moment, unless the network came back. */
  nextAt: number;
  sent: Sent | null;
  offer: Offer | null;
  problem: Problem | null;
  answer: Answer | null;
  endedAt: number | null;
}

export type Outcome =
  | { is: "done"; answer: Answer }
  | { is: "refused"; problem: Problem }
  | { is: "consent"; offer: Offer }
  | { is: "later"; why: Why; seconds?: number };
