import { uuid7 } from "@shared/ids";
import type { CartOut, CartSubmitIn, ShortageMode } from "@/gen/model";

/** What is filled in beside the goods; the order's id is made once, so that it is one order however often it is sent. */
export interface OrderDraft {
  id: string;
  wanted: string | null;
  note: string;
  external: string;
  shortage: ShortageMode;
  address: { contact_name: string; contact_phone: string; street: string };
  custom: Record<string, unknown>;
}

export const emptyDraft = (): OrderDraft => ({
  id: uuid7(),
  wanted: null,
  note: "",
  external: "",
  shortage: "REFUSE",
  address: { contact_name: "", contact_phone: "", street: "" },
  custom: {},
});

/** The order as the API takes it: exactly the cart and the prices that were seen. */
export function submitOf(cart: CartOut, draft: OrderDraft): CartSubmitIn {
  const address = Object.fromEntries(
    Object.entries(draft.address)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ""),
  );
  return {
    id: draft.id,
    version: cart.version,
    quote_digest: cart.digest,
    shortage_mode: draft.shortage,
    wanted_date: draft.wanted,
    buyer_note: draft.note.trim(),
    external_number: draft.external.trim(),
    address,
    custom: draft.custom,
  };
}

/** Why the cart cannot be ordered now; null when it can. */
export function hindrance(cart: CartOut, open: number): "empty" | "open" | "news" | "problems" | null {
  if (cart.lines.length === 0) return "empty";
  if (cart.news) return "news";
  if (cart.lines.some((line) => line.problem) || !cart.orderable) return "problems";
  return open > 0 ? "open" : null;
}
