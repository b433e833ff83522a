import { compare, subtract } from "@shared/decimal";
import { money, UNKNOWN, unitPrice } from "@shared/money";
import { useQueries } from "@tanstack/react-query";
import { Button, DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewLineOut, PreviewOut, PriceListPageOut } from "@/gen/model";
import { findPricedGoods, previewPrices, useGetPriceSheet } from "@/gen/prices/prices";
import type { Column } from "@/ui/data-table";
import { FormField } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { TraceDrawer } from "@/ui/trace-drawer";
import { useFormat } from "@/ui/use-format";
import { Difference } from "./consequences";
import { PercentChange } from "./diff-table";
import { OrganizationSelect } from "./organization-select";
import { PreviewCard } from "./preview-card";
import { percentBetween } from "./sheet/change";

/** The later of two days. */
const laterOf = (one: string, other: string): string => [one, other].sort()[1] ?? other;

const BUYERS_MAX = 5;
const GOODS_SHOWN = 10;

interface Wanted {
  skuId: number;
  name: string;
  unit: string;
  quantity: string;
}

interface Line {
  key: string;
  buyerId: number;
  name: string;
  wanted: Wanted;
  now: PreviewLineOut | undefined;
  next: PreviewLineOut | undefined;
}

/** Goods of the version to begin with: those whose price it changes, else its first ones. */
function useFirstGoods(version: PriceListPageOut): Wanted[] {
  const { data } = useGetPriceSheet(version.id);
  if (!data) return [];
  const goods = new Map(data.goods.map((one) => [one.sku_id, one]));
  const changed = data.rows.filter((row) => row.price_before !== row.unit_price);
  return (changed.length > 0 ? changed : data.rows).slice(0, GOODS_SHOWN).map((row) => ({
    skuId: row.sku_id,
    name: goods.get(row.sku_id)?.name ?? `#${row.sku_id}`,
    unit: row.unit,
    quantity: "1",
  }));
}

function GoodsPick({ onPick }: { onPick: (wanted: Wanted) => void }) {
  const { t } = useTranslation("prices");
  const [text, setText] = useState("");
  const found = useQueries({
    queries: [
      {
        queryKey: ["/api/v1/prices/goods", text.trim()],
        queryFn: ({ signal }: { signal: AbortSignal }) => findPricedGoods({ text: text.trim() }, signal),
        enabled: text.trim() !== "",
        staleTime: 60_000,
      },
    ],
  })[0];
  return (
    <FormField label={t("preview.add_goods")}>
      <Select<number | null>
        style={{ width: "100%" }}
        showSearch={{ filterOption: false, onSearch: setText }}
        value={null}
        placeholder={t("sheet.search")}
        options={(found?.data ?? []).map((one) => ({ value: one.sku_id, label: `${one.name} ${one.code}` }))}
        onChange={(id) => {
          const one = found?.data?.find((goods) => goods.sku_id === id);
          if (one) onPick({ skuId: one.sku_id, name: one.name, unit: one.order_unit, quantity: "1" });
        }}
      />
    </FormField>
  );
}

function useLines(version: PriceListPageOut, buyers: number[], goods: Wanted[], on: string) {
  const body = (buyerId: number, versionId: string | null) => ({
    buyer_id: buyerId,
    seller_id: version.seller_id,
    currency: version.currency,
    on,
    version_id: versionId,
    lines: goods.map(({ skuId, unit, quantity }) => ({ sku_id: skuId, unit, quantity })),
  });
  const asked = buyers.flatMap((buyerId) => [body(buyerId, null), body(buyerId, version.id)]);
  const answers = useQueries({
    queries: asked.map((one) => ({
      queryKey: ["/api/v1/prices/preview", one],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<PreviewOut> => previewPrices(one, signal),
      enabled: goods.length > 0,
    })),
  });
  const lines: Line[] = buyers.flatMap((buyerId, place) =>
    goods.map((wanted, index) => ({
      key: `${buyerId} ${wanted.skuId} ${wanted.unit}`,
      buyerId,
      name: wanted.name,
      wanted,
      now: answers[2 * place]?.data?.lines[index],
      next: answers[2 * place + 1]?.data?.lines[index],
    })),
  );
  return { lines, error: answers.find((one) => one.error)?.error ?? null };
}

/** Price now, with this version, the difference, and why. */
function useColumns(
  currency: string,
  change: (skuId: number, unit: string, quantity: string) => void,
  show: (line: Line) => void,
): Column<Line>[] {
  const { t } = useTranslation("prices");
  return [
    {
      key: "goods",
      title: t("row.sku"),
      width: 240,
      render: (line) => <span className="cell-main">{line.name}</span>,
    },
    {
      key: "quantity",
      title: t("preview.quantity"),
      width: 130,
      render: ({ wanted: one }) => (
        <InputNumber<string>
          stringMode
          size="small"
          min="0.000001"
          aria-label={t("preview.quantity_of", { name: one.name })}
          suffix={one.unit}
          value={one.quantity}
          onChange={(next) => next && change(one.skuId, one.unit, next)}
        />
      ),
    },
    {
      key: "now",
      title: t("preview.now"),
      width: 120,
      numeric: true,
      render: ({ now }) => (now ? unitPrice(now.unit_price, currency) : UNKNOWN),
    },
    {
      key: "next",
      title: t("preview.then"),
      width: 120,
      numeric: true,
      render: ({ next }) => (next ? unitPrice(next.unit_price, currency) : UNKNOWN),
    },
    {
      key: "percent",
      title: t("diff.percent"),
      width: 100,
      numeric: true,
      render: ({ now, next }) =>
        now?.unit_price && next?.unit_price && compare(now.unit_price, next.unit_price) !== 0 ? (
          <PercentChange of={percentBetween(now.unit_price, next.unit_price)} />
        ) : (
          UNKNOWN
        ),
    },
    {
      key: "amount",
      title: t("preview.amount"),
      width: 130,
      numeric: true,
      render: ({ now, next }) =>
        now?.gross_amount && next?.gross_amount ? (
          <Difference amount={subtract(next.gross_amount, now.gross_amount)} currency={currency} />
        ) : (
          money(next?.gross_amount ?? null, currency)
        ),
    },
    {
      key: "why",
      title: "",
      width: 90,
      render: (line) => (
        <Button type="link" size="small" onClick={() => show(line)} disabled={!line.next?.orderable}>
          {t("why")}
        </Button>
      ),
    },
  ];
}

/** What some partners would pay for some goods: today's price, the price with this version, and why. */
export function PreviewDesk({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const first = useFirstGoods(version);
  const [buyers, setBuyers] = useState<number[]>([]);
  const [goods, setGoods] = useState<Wanted[] | null>(null);
  const today = format.today();
  const [on, setOn] = useState(laterOf(version.valid_from, today));
  const [shown, setShown] = useState<Line | null>(null);
  const wanted = goods ?? first;
  const { lines, error } = useLines(version, buyers, wanted, on);
  const change = (skuId: number, unit: string, quantity: string) =>
    setGoods(wanted.map((one) => (one.skuId === skuId && one.unit === unit ? { ...one, quantity } : one)));
  const columns = useColumns(version.currency, change, setShown);
  return (
    <div className="stack">
      <Card>
        <div className="form-grid">
          <FormField label={t("preview.buyers")} hint={t("preview.buyers_hint", { count: BUYERS_MAX })}>
            <OrganizationSelect value={buyers} onChange={(ids) => setBuyers(ids.slice(0, BUYERS_MAX))} />
          </FormField>
          <GoodsPick
            onPick={(one) =>
              !wanted.some(({ skuId, unit }) => skuId === one.skuId && unit === one.unit) &&
              setGoods([...wanted, one])
            }
          />
          <FormField label={t("preview.on")}>
            <DatePicker
              allowClear={false}
              value={dayjs(on)}
              onChange={(day) => day && setOn(day.format("YYYY-MM-DD"))}
            />
          </FormField>
        </div>
      </Card>
      <Refusal of={error} />
      {buyers.length === 0 && (
        <div className="card">
          <EmptyState text={t("preview.empty")} />
        </div>
      )}
      {buyers.map((buyerId) => (
        <PreviewCard
          key={buyerId}
          buyerId={buyerId}
          columns={columns}
          lines={lines.filter((line) => line.buyerId === buyerId)}
        />
      ))}
      <TraceDrawer
        isOpen={shown !== null}
        title={shown?.name ?? ""}
        trace={shown?.next?.trace}
        onClose={() => setShown(null)}
      />
    </div>
  );
}
