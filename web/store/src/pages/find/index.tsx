import Taro from "@tarojs/taro";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderCard } from "@/domains/cart/order-card";
import { FindHead } from "@/domains/goods/find-head";
import { PlainShelf } from "@/domains/goods/plain-shelf";
import { Rail } from "@/domains/goods/rail";
import { isOwnList, type Wish } from "@/domains/goods/shelf";
import { SortRow } from "@/domains/goods/sort-row";
import { type Shelf, useShelf } from "@/domains/goods/use-shelf";
import { useKeptRows } from "@/domains/offline/kept-range";
import type { OfferOut } from "@/gen/model";
import { open } from "@/navigation";
import { may, useSession } from "@/session";
import { LongList } from "@/ui/long-list";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import "./index.scss";

const card = (offer: OfferOut) => <OrderCard of={offer} />;
const keyOf = (offer: OfferOut) => offer.sku_id;

/** Goods by category, at the buyer's own price, each put into the cart where it stands. */
export default function FindPage() {
  const { t } = useTranslation("store-find");
  const session = useSession();
  const mayOrder = may(session, "orders:submit");
  const aside = mayOrder && (
    <Tap className="find-quick" onClick={() => void open("quickOrder")}>
      {t("quick.open")}
    </Tap>
  );
  if (session && !may(session, "prices:read"))
    return (
      <Page title={t("title")} tab="find" head={<FindHead />}>
        <PlainShelf />
      </Page>
    );
  return (
    <Page title={t("title")} tab="find" head={<FindHead />} aside={aside}>
      <PricedShelf />
    </Page>
  );
}

function PricedShelf() {
  const [wish, setWish] = useState<Wish>({ place: "all", sort: "usual", inStock: false });
  const shelf = useKeptRows(useShelf(wish), {
    categoryId: wish.place.startsWith("category-") ? Number(wish.place.slice(9)) : undefined,
    inStock: wish.inStock,
  });
  const change = (part: Partial<Wish>) => {
    setWish({ ...wish, ...part });
    void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
  };
  return (
    <div className="find">
      <Rail place={wish.place} onPlace={(place) => change({ place })} />
      <div className="find-list">
        <SortRow wish={wish} onWish={change} />
        <Answered of={shelf} rows={5}>
          {(rows) => (rows.length ? <Rows rows={rows} shelf={shelf} /> : <Nothing wish={wish} />)}
        </Answered>
      </div>
    </div>
  );
}

function Rows({ rows, shelf }: { rows: OfferOut[]; shelf: Shelf }) {
  const { t } = useTranslation("store-find");
  return (
    <>
      <LongList rows={rows} rowKey={keyOf}>
        {card}
      </LongList>
      <More of={shelf} />
      {!shelf.loadMore && <p className="find-end">{t("list.all_shown", { count: rows.length })}</p>}
    </>
  );
}

function Nothing({ wish }: { wish: Wish }) {
  const { t } = useTranslation("store-find");
  if (wish.inStock) return <Empty text={t("list.none_stock")} />;
  const own = isOwnList(wish.place) || wish.place === "favourites";
  return <Empty text={t(own ? (`list.none_${wish.place}` as "list.none_usual") : "list.none")} />;
}
