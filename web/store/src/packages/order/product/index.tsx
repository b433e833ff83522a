import { useRouter } from "@tarojs/taro";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CartBar } from "@/domains/cart/cart-bar";
import { CartEntry } from "@/domains/cart/cart-entry";
import { useInCart } from "@/domains/cart/use-cart";
import { entryOf, type WantedLine } from "@/domains/goods/entry";
import { Picture } from "@/domains/goods/goods-card";
import { rememberSeen } from "@/domains/goods/history";
import { Limits, Prices } from "@/domains/goods/prices";
import { AboutGoods, UnitPrices } from "@/domains/goods/product-facts";
import { Star } from "@/domains/goods/star";
import { StockWords } from "@/domains/goods/stock-words";
import { useGoods, usePrices } from "@/domains/goods/use-goods";
import { WhySheet } from "@/domains/goods/why-sheet";
import type { OfferOut } from "@/gen/model";
import { toTab } from "@/navigation";
import { useSession } from "@/session";
import { Action } from "@/ui/action";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { Empty, Skeleton } from "@/ui/states";
import "./index.scss";

/** One sort of goods: its picture, every unit and price, why it costs that, and how many of it one has. */
export default function ProductPage() {
  const { t } = useTranslation("store-find");
  const code = decodeURIComponent(useRouter().params.code ?? "");
  const { product, offer, mayReadPrices } = useGoods(code);
  const known = product.data;
  const isPending = product.isPending || (mayReadPrices && offer.isPending);
  const error = product.error ?? offer.error;
  return (
    <Page title={known?.sku.name ?? t("product.title")} footer={mayReadPrices && <CartBar />}>
      {isPending && !error && <Skeleton rows={3} height={320} />}
      {error && !known && <Refused error={error} again={() => void product.refetch()} />}
      {!isPending && !error && !known && !offer.data && (
        <Empty text={t("product.gone")}>
          <Action onClick={() => void toTab("find")}>{t("product.to_find")}</Action>
        </Empty>
      )}
      {offer.data && <Offered of={offer.data} />}
      {!offer.data && known && (
        <section className="product-card product-top">
          <Picture of={{ image: known.product.image, sku_name: known.sku.name }} />
          <h2 className="product-name">{known.sku.name}</h2>
          {mayReadPrices && !offer.isPending && <p className="product-none">{t("price.none")}</p>}
        </section>
      )}
      {known && <AboutGoods of={known} />}
    </Page>
  );
}

function Offered({ of: offer }: { of: OfferOut }) {
  const { t } = useTranslation("store-find");
  const session = useSession();
  const [asked, setAsked] = useState<{ skuId: number; line: WantedLine } | null>(null);
  const { counts } = useInCart(offer.sku_id, offer);
  const prices = usePrices(offer);
  const organizationId = session?.organization_id;
  useEffect(() => {
    if (organizationId) rememberSeen(organizationId, offer);
  }, [organizationId, offer]);
  const ask = () => {
    const { lines, problem } = entryOf(offer, counts);
    const first = problem ? undefined : lines[0];
    setAsked({
      skuId: offer.sku_id,
      line: first ?? prices.data?.units[0]?.line ?? { unit: offer.unit, quantity: "1" },
    });
  };
  return (
    <>
      <section className="product-card product-top">
        <Picture of={offer} />
        <div className="product-heading">
          <h2 className="product-name">{offer.sku_name}</h2>
          <Star skuId={offer.sku_id} name={offer.sku_name} />
        </div>
        <p className="product-note">{offer.specification}</p>
        <div className="product-price">
          <Prices of={offer} />
          {offer.unit_price !== null && (
            <Action kind="quiet" onClick={ask}>
              {t("why.open")}
            </Action>
          )}
        </div>
        <StockWords of={offer} />
        <Limits of={offer} />
        <div className="product-entry">
          <CartEntry of={offer} isOpen />
        </div>
      </section>
      <UnitPrices of={offer} prices={prices.data} />
      <WhySheet of={asked} onClose={() => setAsked(null)} />
    </>
  );
}
