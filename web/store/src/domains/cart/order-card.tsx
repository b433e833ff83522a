import { memo } from "react";
import type { OfferOut } from "@/gen/model";
import { open } from "@/navigation";
import { GoodsCard } from "../goods/goods-card";
import { CartEntry } from "./cart-entry";

/** Goods to choose, with what is in the cart of them. */
export const OrderCard = memo(function OrderCard({ of: offer }: { of: OfferOut }) {
  return (
    <GoodsCard of={offer} onOpen={() => void open("product", { code: offer.sku_code })}>
      <CartEntry of={offer} />
    </GoodsCard>
  );
});
