import { quantity } from "@shared/quantity";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductOut, SkuOut } from "@/gen/model";
import { StateTag } from "@/ui/state-tag";

export const GOODS_STATES = ["ACTIVE", "STOPPED"] as const;

export function GoodsState({ of: status }: { of: string }) {
  const { t } = useTranslation("catalog");
  const isActive = status === "ACTIVE";
  return (
    <StateTag tone={isActive ? "good" : "idle"}>{t(isActive ? "state.ACTIVE" : "state.STOPPED")}</StateTag>
  );
}

const FILE = /^\/api\/v1\/files\/([0-9a-f-]{36})\/content$/;

/** The small picture of one that was uploaded; others are small already. */
export const thumbnailOf = (image: string): string => {
  const found = FILE.exec(image);
  return found ? `/api/v1/files/${found[1]}/thumbnail` : image;
};

export function Picture({
  of: product,
  isLarge = false,
}: {
  of: Pick<ProductOut, "image">;
  isLarge?: boolean;
}) {
  const [isGone, setIsGone] = useState(false);
  const shape = isLarge ? "product-picture product-picture-large" : "product-picture";
  if (!product.image || isGone) return <span className={shape} aria-hidden />;
  return (
    <img
      className={shape}
      src={isLarge ? product.image : thumbnailOf(product.image)}
      alt=""
      loading="lazy"
      onError={() => setIsGone(true)}
    />
  );
}

/** The units of a sku from the largest: 1箱 = 24瓶; a factor that is not whole stays a fraction. */
export function unitsText(sku: SkuOut): string {
  return sku.units
    .filter((unit) => unit.unit !== sku.base_unit)
    .map((unit) => {
      const isWhole = unit.numerator % unit.denominator === 0;
      const base = isWhole
        ? quantity(String(unit.numerator / unit.denominator), [], sku.base_unit)
        : `${unit.numerator}/${unit.denominator}${sku.base_unit}`;
      return `1${unit.unit} = ${base}`;
    })
    .join(" · ");
}
