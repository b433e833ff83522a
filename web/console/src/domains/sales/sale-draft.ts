import { compare } from "@shared/decimal";
import type { GoodsOut, SaleIn } from "@/gen/model";

export interface SaleLine {
  key: number;
  goods: GoodsOut;
  /** Base units, above zero. */
  units: string | null;
  /** What was paid for the line; null: not known. */
  amount: string | null;
}

export interface SaleDraft {
  warehouseId: number | null;
  to: "PARTNER" | "WALK_IN";
  buyerId: number | null;
  customer: string;
  soldOn: string | null;
  note: string;
  lines: SaleLine[];
  isNoOrder: boolean;
}

export const EMPTY: SaleDraft = {
  warehouseId: null,
  to: "PARTNER",
  buyerId: null,
  customer: "",
  soldOn: null,
  note: "",
  lines: [],
  isNoOrder: false,
};

export const isFilled = (line: SaleLine): boolean => line.units !== null && compare(line.units, "0") > 0;

/** What is still missing, said in words beside the button; null when the sale can be sent. */
export function missing(
  draft: SaleDraft,
  warehouseId: number | null,
): "warehouse" | "buyer" | "lines" | "quantity" | null {
  if (warehouseId === null) return "warehouse";
  if (draft.to === "PARTNER" && draft.buyerId === null) return "buyer";
  if (draft.lines.length === 0) return "lines";
  return draft.lines.every(isFilled) ? null : "quantity";
}

/** The sale as the API takes it. */
export function saleOf(draft: SaleDraft, id: string, warehouseId: number): SaleIn {
  const isPartner = draft.to === "PARTNER";
  return {
    id,
    warehouse_id: warehouseId,
    buyer_id: isPartner ? draft.buyerId : null,
    customer: isPartner ? "" : draft.customer.trim(),
    sold_on: draft.soldOn,
    note: draft.note.trim(),
    is_no_order: draft.isNoOrder,
    lines: draft.lines.map((line) => ({
      sku_code: line.goods.code,
      units: line.units ?? "0",
      amount: line.amount,
    })),
  };
}
