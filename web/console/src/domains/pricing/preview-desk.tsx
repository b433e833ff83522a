import { compare, subtract } from "@shared/decimal";
import { money, UNKNOWN, unitPrice } from "@shared/money";
import { useQueries } from "@tanstack/react-query";
import { Button, DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGetOrganization } from "@/gen/access/access";
import type { PreviewLineOut, PreviewOut, PriceListPageOut } from "@/gen/model";
import { findPricedGoods, previewPrices, useGetPriceSheet } from "@/gen/prices/prices";
import type { Column } from "@/ui/data-table";
import { FormField } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { EmptyState } from "@/ui/states";
import { TraceDrawer } from "@/ui/trace-drawer";
import { useFormat } from "@/ui/use-format";
import { Difference } from "./consequences";
import { PercentChange } from "./diff-table";
import { OrganizationSelect } from "./organization-select";
import { percentBetween } from "./sheet/change";

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
  then: PreviewLineOut | undefined;
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
      then: answers[2 * place + 1]?.data?.lines[index],
    })),
  );
  return { lines, error: answers.find((one) => one.error)?.error ?? null };
}

/** What some partners would pay for some goods: today's price, the price with this version, and why. */
export function PreviewDesk({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation("prices");
  const format = useFormat();
  const first = useFirstGoods(version);
  const [buyers, setBuyers] = useState<number[]>([]);
  const [goods, setGoods] = useState<Wanted[] | null>(null);
  const today = format.today();
  const [on, setOn] = useState(version.valid_from > today ? version.valid_from : today);
  const [shown, setShown] = useState<Line | null>(null);
  const wanted = goods ?? first;
  const { lines, error } = useLines(version, buyers, wanted, on);
  useEffect(() => setGoods(null), [version.id]);
  const change = (skuId: number, unit: string, quantity: string) =>
    setGoods(wanted.map((one) => (one.skuId === skuId && one.unit === unit ? { ...one, quantity } : one)));
  const columns: Column<Line>[] = [
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
      render: ({ now }) => (now ? unitPrice(now.unit_price, version.currency) : UNKNOWN),
    },
    {
      key: "then",
      title: t("preview.then"),
      width: 120,
      numeric: true,
      render: ({ then }) => (then ? unitPrice(then.unit_price, version.currency) : UNKNOWN),
    },
    {
      key: "percent",
      title: t("diff.percent"),
      width: 100,
      numeric: true,
      render: ({ now, then }) =>
        now?.unit_price && then?.unit_price && compare(now.unit_price, then.unit_price) !== 0 ? (
          <PercentChange of={percentBetween(now.unit_price, then.unit_price)} />
        ) : (
          UNKNOWN
        ),
    },
    {
      key: "amount",
      title: t("preview.amount"),
      width: 130,
      numeric: true,
      render: ({ now, then }) =>
        now?.gross_amount && then?.gross_amount ? (
          <Difference amount={subtract(then.gross_amount, now.gross_amount)} currency={version.currency} />
        ) : (
          money(then?.gross_amount ?? null, version.currency)
        ),
    },
    {
      key: "why",
      title: "",
      width: 90,
      render: (line) => (
        <Button type="link" size="small" onClick={() => setShown(line)} disabled={!line.then?.orderable}>
          {t("why")}
        </Button>
      ),
    },
  ];
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
        trace={shown?.then?.trace}
        onClose={() => setShown(null)}
      />
    </div>
  );
}

function PreviewCard({
  buyerId,
  columns,
  lines,
}: {
  buyerId: number;
  columns: Column<Line>[];
  lines: Line[];
}) {
  const name = useOrganizationName(buyerId);
  return (
    <Card title={name} flush>
      <SimpleTable columns={columns} rows={lines} rowKey={(line) => line.key} />
    </Card>
  );
}

function useOrganizationName(id: number): string {
  const { data } = useGetOrganization(id, { query: { staleTime: 600_000 } });
  return data?.name ?? "";
}
