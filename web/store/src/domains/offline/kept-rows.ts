// Finding goods in the range that is kept on the device.
import type { OfferOut, OfflineOut, OfflineSkuOut } from "@/gen/model";

export interface KeptWish {
  categoryId?: number;
  text?: string;
  inStock?: boolean;
}

const offerOf = (sku: OfflineSkuOut, currency: string): OfferOut => ({
  sku_id: sku.id,
  sku_code: sku.code,
  sku_name: sku.name,
  specification: sku.specification,
  image: sku.image,
  category: "",
  base_unit: sku.base_unit,
  is_whole: true,
  units: sku.units.map(([unit, numerator, denominator]) => ({
    unit: String(unit),
    numerator: Number(numerator),
    denominator: Number(denominator),
    step: null,
  })),
  minimum: null,
  multiple: null,
  order_limit: null,
  unit: sku.unit,
  unit_price: sku.unit_price,
  currency,
  level: sku.level,
  available: null,
});

/** The goods of a kept range that are looked for, in its own order. */
export function keptRows(range: OfflineOut, { categoryId, text = "", inStock }: KeptWish): OfferOut[] {
  const words = text.trim().toLowerCase();
  const fits = (sku: OfflineSkuOut): boolean =>
    (categoryId === undefined || sku.category_id === categoryId) &&
    (!inStock || sku.level !== "NONE") &&
    (words === "" ||
      sku.name.toLowerCase().includes(words) ||
      sku.code.toLowerCase().includes(words) ||
      sku.barcodes.includes(words));
  return range.skus.filter(fits).map((sku) => offerOf(sku, range.currency));
}
