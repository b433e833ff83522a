import { money } from "@shared/money";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useReader } from "@/domains/orders/reader";
import { useRefresh } from "@/domains/orders/refresh";
import { type Buyer, BuyerPick } from "@/domains/stock/buyer-pick";
import { GoodsPick } from "@/domains/stock/goods-pick";
import { SaleLineCard } from "@/domains/stock/sale-line";
import { isReady, type SaleLine, saleLines, sumOf, typedIn, withGoods } from "@/domains/stock/selling";
import { useListWarehouses, useRecordSale } from "@/gen/inventory/inventory";
import type { GoodsOut } from "@/gen/model";
import { newId } from "@/platform/ids";
import { keep, kept } from "@/platform/storage";
import { may, useSession } from "@/session";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Field } from "@/ui/field";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Empty } from "@/ui/states";
import { useReasons } from "@/ui/use-reasons";

const PRICES = "sale_prices";
const CURRENCY = "CNY";

/** The price last asked for goods on this device. */
const lastPrice = (goods: GoodsOut): string => kept<Record<string, string>>(PRICES)?.[goods.code] ?? "";

function keepPrices(lines: readonly SaleLine[]): void {
  const said = Object.fromEntries(
    lines.filter((line) => line.price !== "").map((line) => [line.goods.code, line.price]),
  );
  keep(PRICES, { ...kept<Record<string, string>>(PRICES), ...said });
}

function useSale(isBack: boolean, onDone: () => void) {
  const { t } = useTranslation("store-stock");
  const refresh = useRefresh();
  return useRecordSale({
    mutation: {
      onSuccess: ({ number }) => {
        say(t(isBack ? "sell.done_back" : "sell.done", { number }));
        onDone();
        refresh();
      },
    },
  });
}

interface ToProps {
  /** Whose customers they may be; undefined: it is always somebody. */
  ownId: number | undefined;
  to: "customer" | "shop";
  buyer: Buyer | null;
  customer: string;
  problem: string | undefined;
  onTo: (to: "customer" | "shop") => void;
  onBuyer: (buyer: Buyer | null) => void;
  onCustomer: (name: string) => void;
}

function To({ ownId, to, buyer, customer, problem, onTo, onBuyer, onCustomer }: ToProps) {
  const { t } = useTranslation("store-stock");
  return (
    <Card title={t("sell.to")}>
      {ownId !== undefined && (
        <Chips
          isWrapped
          label={t("sell.to")}
          value={to}
          options={(["customer", "shop"] as const).map((value) => ({ value, label: t(`sell.${value}`) }))}
          onChange={onTo}
        />
      )}
      {ownId !== undefined && to === "shop" ? (
        <BuyerPick sellerId={ownId} value={buyer} onChange={onBuyer} />
      ) : (
        <Field label={t("sell.name")} value={customer} problem={problem} onChange={onCustomer} />
      )}
    </Card>
  );
}

interface FromProps {
  places: readonly { id: number; name: string }[];
  value: number | undefined;
  onChange: (id: number) => void;
}

function From({ places, value, onChange }: FromProps) {
  const { t } = useTranslation("store-stock");
  return (
    <Card title={t("sell.from")}>
      <Chips
        isWrapped
        label={t("sell.from")}
        value={String(value)}
        options={places.map((place) => ({ value: String(place.id), label: place.name }))}
        onChange={(id) => onChange(Number(id))}
      />
    </Card>
  );
}

interface FootProps {
  lines: SaleLine[];
  isBack: boolean;
  isBusy: boolean;
  isReady: boolean;
  onGo: () => void;
}

function Foot({ lines, isBack, isBusy, isReady: ready, onGo }: FootProps) {
  const { t } = useTranslation("store-stock");
  const sum = sumOf(lines);
  return (
    <div className="sell-foot">
      <span className="sell-sum">
        {sum === null
          ? t("sell.no_total", { count: lines.length })
          : t("sell.total", { amount: money(sum, CURRENCY) })}
      </span>
      <Action isBusy={isBusy} isDisabled={!ready} onClick={onGo}>
        {t(isBack ? "sell.go_back" : "sell.go")}
      </Action>
    </div>
  );
}

/** Sold over the counter or to one of my customers: the stock falls at once. */
export default function SellPage() {
  const { t } = useTranslation("store-stock");
  const reader = useReader();
  const session = useSession();
  const own = session?.organization_id;
  const places = useListWarehouses(
    { organization_id: own, is_active: true, limit: 50 },
    { query: { enabled: own !== undefined } },
  ).data?.items;
  const [id, setId] = useState(newId);
  const [kind, setKind] = useState<"out" | "back">("out");
  const [to, setTo] = useState<"customer" | "shop">("customer");
  const [lines, setLines] = useState<SaleLine[]>([]);
  const [customer, setCustomer] = useState("");
  const [buyer, setBuyer] = useState<Buyer | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const warehouseId = chosen ?? places?.[0]?.id;
  const isBack = kind === "back";
  const sale = useSale(isBack, () => {
    keepPrices(lines);
    setLines([]);
    setCustomer("");
    setId(newId());
  });
  const pick = useCallback(
    (goods: GoodsOut) => setLines((now) => withGoods(now, goods, lastPrice(goods))),
    [],
  );
  const hasShops = Boolean(reader?.isSeller && may(session, "partners:read"));
  const toShop = hasShops && to === "shop" ? buyer : null;
  const ready = isReady(lines) && warehouseId !== undefined && (to === "customer" || toShop !== null);
  const send = (isNoOrder: boolean) =>
    warehouseId !== undefined &&
    sale.mutate({
      data: {
        id,
        warehouse_id: warehouseId,
        lines: saleLines(lines, isBack),
        buyer_id: toShop?.id ?? null,
        customer: toShop ? "" : customer.trim(),
        is_no_order: isNoOrder,
      },
    });
  const { reasonOf, rest } = useReasons(sale.error, typedIn(lines, customer));
  const footer = (
    <Foot lines={lines} isBack={isBack} isBusy={sale.isPending} isReady={ready} onGo={() => send(false)} />
  );
  return (
    <Page title={t("sell.title")} footer={footer}>
      <Chips
        isWrapped
        label={t("sell.kind")}
        value={kind}
        options={(["out", "back"] as const).map((value) => ({ value, label: t(`sell.${value}`) }))}
        onChange={setKind}
      />
      <GoodsPick onPick={pick} />
      {lines.length === 0 && <Empty icon="scan" text={t("sell.goods_none")} />}
      {warehouseId !== undefined &&
        lines.map((line, at) => (
          <SaleLineCard
            key={line.goods.sku_id}
            of={line}
            warehouseId={warehouseId}
            isBack={isBack}
            currency={CURRENCY}
            problem={reasonOf(`lines.${at}`)}
            priceProblem={reasonOf(`lines.${at}.amount`)}
            onChange={(next) =>
              setLines((now) => now.map((one) => (one.goods.sku_id === next.goods.sku_id ? next : one)))
            }
            onRemove={() => setLines((now) => now.filter((one) => one.goods.sku_id !== line.goods.sku_id))}
          />
        ))}
      {rest && <Refused error={rest} />}
      {sale.error?.code === "inventory.sale_may_be_order" && (
        <Action kind="plain" isWide isBusy={sale.isPending} onClick={() => send(true)}>
          {t("sell.anyway")}
        </Action>
      )}
      {lines.length > 0 && (
        <To
          ownId={hasShops ? own : undefined}
          to={to}
          buyer={buyer}
          customer={customer}
          problem={reasonOf("customer")}
          onTo={setTo}
          onBuyer={setBuyer}
          onCustomer={setCustomer}
        />
      )}
      {places && places.length > 1 && lines.length > 0 && (
        <From places={places} value={warehouseId} onChange={setChosen} />
      )}
    </Page>
  );
}
