import { unitPrice } from "@shared/money";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { ShownPriceOut } from "@/gen/model";
import { one, useFilters } from "@/ui/use-filters";
import { priceIn } from "./units";

/** Per what prices are shown: as they are quoted, per what is ordered in, per the smallest unit. */
const PER = ["own", "order", "base"] as const;
export type Per = (typeof PER)[number];

export function usePer(): Per {
  const [filters] = useFilters();
  return PER.find((known) => known === one(filters.per)) ?? "own";
}

/** Which unit prices are shown per; it stands in the address. */
export function PerSwitch() {
  const { t } = useTranslation("prices");
  const [, change] = useFilters();
  const per = usePer();
  return (
    <div className="per-switch">
      <Segmented<Per>
        aria-label={t("page.per.label")}
        value={per}
        options={PER.map((value) => ({ value, label: t(`page.per.${value}`) }))}
        onChange={(next) => change({ per: next === "own" ? undefined : next })}
      />
      {per !== "own" && <span className="quiet">{t("page.per.about")}</span>}
    </div>
  );
}

/** The unit that a price is shown per. */
export function unitOf(row: ShownPriceOut, per: Per): string {
  if (per === "own") return row.unit;
  return per === "base" ? row.base_unit : row.order_unit;
}

/** A price of the row per that unit, "≈" before one that had to be rounded. */
export function pricePer(row: ShownPriceOut, price: string, per: Per): string {
  const found = priceIn(row, price, row.unit, unitOf(row, per));
  if (!found) return unitPrice(price, row.currency);
  return `${found.isExact ? "" : "≈"}${unitPrice(found.price, row.currency)}`;
}
