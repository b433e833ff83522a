import type { ReactNode } from "react";
import type { OfferOut } from "@/gen/model";
import { inFrame, pictureOf } from "@/platform/picture";
import { Tap } from "@/ui/tap";
import { Limits, Prices } from "./prices";
import { Star } from "./star";
import { StockWords } from "./stock-words";
import "./goods-card.scss";

interface Props {
  of: OfferOut;
  onOpen: () => void;
  /** How many, or the button that starts it. */
  children?: ReactNode;
}

/** Goods as one chooses them: picture, name, own price, a word on the stock, and what one has of them. */
export function GoodsCard({ of: offer, onOpen, children }: Props) {
  return (
    <article className="goods" data-sku={offer.sku_code}>
      <div className="goods-top">
        <Tap className="goods-open" onClick={onOpen}>
          <Picture of={offer} />
          <span className="goods-words">
            <span className="goods-name">{offer.sku_name}</span>
            <span className="goods-note">
              {[offer.specification, offer.sku_code].filter(Boolean).join(" · ")}
            </span>
          </span>
        </Tap>
        <Star skuId={offer.sku_id} name={offer.sku_name} />
      </div>
      <div className="goods-mid">
        <div className="goods-facts">
          <Prices of={offer} />
          <StockWords of={offer} />
          <Limits of={offer} />
        </div>
        {children}
      </div>
    </article>
  );
}

/** The goods' picture, or its first character where there is none. */
export function Picture({ of: { image, sku_name } }: { of: { image: string; sku_name: string } }) {
  if (!image)
    return (
      <span className="goods-picture goods-letter" aria-hidden="true">
        {sku_name.slice(0, 1)}
      </span>
    );
  return <img className="goods-picture" src={pictureOf(image)} alt="" {...inFrame("contain")} />;
}
