// What an order has beside its goods, kept on this device while it is filled in.
import { add, multiply, round, trim } from "@shared/decimal";
import { exponentOf } from "@shared/money";
import type { AddressOut, CartOut, CartSubmitIn, ShortageMode } from "@/gen/model";
import type { Wanted } from "./edits";

export interface Draft {
  /** The order's id: made once, so that it is one order however often it is sent. */
  id: string;
  wanted: string;
  note: string;
  external: string;
  shortage: ShortageMode;
  /** A kept address, one typed here, or the one the seller has on record. */
  place: number | "typed" | "record";
  street: string;
  contact: string;
  phone: string;
}

export const emptyDraft = (id: string, addresses: readonly AddressOut[] = []): Draft => ({
  id,
  wanted: "",
  note: "",
  external: "",
  shortage: "REFUSE",
  place: (addresses.find((one) => one.is_default) ?? addresses[0])?.id ?? "record",
  street: "",
  contact: "",
  phone: "",
});

export const streetOf = (one: AddressOut): string => `${one.province}${one.city}${one.district}${one.street}`;

function addressOf(draft: Draft, addresses: readonly AddressOut[]): Record<string, string> {
  const kept = addresses.find((one) => one.id === draft.place);
  const parts: Record<string, string> = kept
    ? { street: streetOf(kept), contact_name: kept.contact_name, contact_phone: kept.contact_phone }
    : draft.place === "typed"
      ? { street: draft.street, contact_name: draft.contact, contact_phone: draft.phone }
      : {};
  return Object.fromEntries(
    Object.entries(parts)
      .map(([name, value]) => [name, value.trim()])
      .filter(([, value]) => value !== ""),
  );
}

/** What is typed for an order, by its place on the wire; nothing of an address that is not asked for. */
export const typedIn = (draft: Draft): Record<string, string> => ({
  wanted_date: draft.wanted,
  buyer_note: draft.note,
  external_number: draft.external,
  ...(draft.place === "typed" && {
    "address.street": draft.street,
    "address.contact_name": draft.contact,
    "address.contact_phone": draft.phone,
  }),
});

/** The order beside its goods, as the server takes it. */
export const submitOf = (
  draft: Draft,
  addresses: readonly AddressOut[],
): Omit<CartSubmitIn, "id" | "version" | "quote_digest"> => ({
  shortage_mode: draft.shortage,
  wanted_date: draft.wanted || null,
  buyer_note: draft.note.trim(),
  external_number: draft.external.trim(),
  address: addressOf(draft, addresses),
});

export type Lacking = "street" | "past" | null;

/** What is missing or wrong in the draft, before anything is sent. Days are business days: "2026-11-30". */
export function lackingIn(draft: Draft, today: string): Lacking {
  if (draft.place === "typed" && draft.street.trim() === "") return "street";
  return draft.wanted !== "" && draft.wanted < today ? "past" : null;
}

export interface EditedLine {
  sku_id: number;
  sku_name: string;
  unit: string;
  quantity: string;
  unit_price: string | null;
}

/** The cart with quantities that the server does not know yet, at the prices that were shown. */
export function editedCart(
  cart: Pick<CartOut, "lines" | "currency">,
  wanted: ReadonlyMap<number, Wanted>,
  nameOf: (skuId: number) => string,
): { lines: EditedLine[]; gross_amount: string } | undefined {
  if (wanted.size === 0) return undefined;
  const priceOf = (skuId: number, unit: string) =>
    cart.lines.find((line) => line.sku_id === skuId && line.unit === unit)?.unit_price ?? null;
  const untouched = cart.lines
    .filter((line) => !wanted.has(line.sku_id))
    .map(({ sku_id, sku_name, unit, quantity, unit_price }) => ({
      sku_id,
      sku_name,
      unit,
      quantity,
      unit_price,
    }));
  const touched = [...wanted.values()].flatMap(({ skuId, lines }) =>
    lines.map((line) => ({
      sku_id: skuId,
      sku_name: cart.lines.find((one) => one.sku_id === skuId)?.sku_name ?? nameOf(skuId),
      unit: line.unit,
      quantity: trim(line.quantity),
      unit_price: priceOf(skuId, line.unit),
    })),
  );
  const lines = [...untouched, ...touched];
  const places = exponentOf(cart.currency);
  const amounts = lines.map((line) => round(multiply(line.quantity, line.unit_price ?? "0"), places));
  return { lines, gross_amount: round(add("0", ...amounts), places) };
}
