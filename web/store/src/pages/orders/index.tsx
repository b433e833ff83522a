import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderCard } from "@/domains/orders/order-card";
import { type Reader, useReader } from "@/domains/orders/reader";
import { type Side, TAB_NAMES, TABS, type Tab } from "@/domains/orders/say";
import { Shortcuts } from "@/domains/orders/shortcuts";
import type { ListOrdersParams } from "@/gen/model";
import { getListOrdersQueryKey, listOrders } from "@/gen/orders/orders";
import { toTab } from "@/navigation";
import { Action } from "@/ui/action";
import { Chips } from "@/ui/chips";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { SearchBox } from "@/ui/search-box";
import { Answered, Empty, Skeleton } from "@/ui/states";
import { usePages } from "@/ui/use-pages";

const SIDES = ["mine", "theirs"] as const;

function Orders({ reader, side, tab, text }: { reader: Reader; side: Side; tab: Tab; text: string }) {
  const { t } = useTranslation(["store-follow", "store"]);
  const wanted: ListOrdersParams = {
    state: [...TABS[tab]],
    text,
    limit: 20,
    ...(side === "mine" ? { buyer_id: reader.organizationId } : { seller_id: reader.organizationId }),
  };
  const pages = usePages(getListOrdersQueryKey(wanted), (cursor, signal) =>
    listOrders({ ...wanted, cursor }, signal),
  );
  const isNarrowed = text !== "" || tab !== "all";
  return (
    <Answered of={pages} rows={4}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty
            icon="orders"
            text={t(isNarrowed ? "list.none_found" : side === "mine" ? "list.none" : "list.none_theirs")}
          >
            {!isNarrowed && side === "mine" && (
              <Action onClick={() => void toTab("find")}>{t("list.go")}</Action>
            )}
          </Empty>
        ) : (
          <>
            <ul>
              {rows.map((order) => (
                <li key={order.id}>
                  <OrderCard of={order} side={side} seesPrices={reader.seesPrices} />
                </li>
              ))}
            </ul>
            <More of={pages} />
          </>
        )
      }
    </Answered>
  );
}

/** Orders: mine, and for a distributor those of its customers. */
export default function OrdersPage() {
  const { t } = useTranslation(["store-follow", "store"]);
  const reader = useReader();
  const [side, setSide] = useState<Side>("mine");
  const [tab, setTab] = useState<Tab>("all");
  const [text, setText] = useState("");
  return (
    <Page title={t("store:tab.orders")} tab="orders">
      {!reader && <Skeleton />}
      {reader && (
        <>
          <Shortcuts reader={reader} />
          {reader.isSeller && (
            <Chips
              isWrapped
              label={t("side.label")}
              value={side}
              options={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))}
              onChange={setSide}
            />
          )}
          <SearchBox label={t("search.label")} hint={t("search.hint")} value={text} onChange={setText} />
          <Chips
            label={t("tab.label")}
            value={tab}
            options={TAB_NAMES.map((value) => ({ value, label: t(`tab.${value}`) }))}
            onChange={setTab}
          />
          <Orders key={`${side} ${tab} ${text}`} reader={reader} side={side} tab={tab} text={text} />
        </>
      )}
    </Page>
  );
}
