import { PlusOutlined, StarFilled } from "@ant-design/icons";
import { number, unitPrice } from "@shared/money";
import { Button, Skeleton, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineIn, OfferOut } from "@/gen/model";
import { useListUsualSkus } from "@/gen/shop/shop";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import type { Sides } from "./sku-field";
import type { Favourites } from "./use-favourites";
import { firstUnit, LevelTag, ProblemWords } from "./words";

interface Suggestion {
  offer: OfferOut;
  note: string;
  quantity: string;
  unit: string;
  isOrderable: boolean;
}

interface ListProps {
  rows: readonly Suggestion[];
  empty: string;
  onAdd: (lines: CartLineIn[]) => Promise<unknown>;
  favourites: Favourites;
}

function SuggestionRow({
  of: row,
  onAdd,
  favourites,
}: Omit<ListProps, "rows" | "empty"> & { of: Suggestion }) {
  const { t } = useTranslation("carts");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { offer } = row;
  const add = async () => {
    setIsBusy(true);
    setProblem(null);
    await onAdd([{ sku_id: offer.sku_id, quantity: row.quantity, unit: row.unit }]).catch(setProblem);
    setIsBusy(false);
  };
  const amount = `${number(row.quantity)}${row.unit}`;
  return (
    <li className="side-row">
      <span className="cell-two">
        <span className="cell-main">{offer.sku_name}</span>
        <span className="quiet figures">
          {unitPrice(offer.unit_price, offer.currency)} / {offer.unit}
          {row.note && ` · ${row.note}`}
        </span>
        <LevelTag of={offer} />
        {problem !== null && <ProblemWords of={problem} />}
      </span>
      <span className="nowrap">
        {favourites.isOwn && favourites.ids.has(offer.sku_id) && (
          <Button
            type="text"
            icon={<StarFilled className="star" />}
            aria-label={t("favourite.drop", { name: offer.sku_name })}
            onClick={() => favourites.toggle(offer.sku_id)}
          />
        )}
        <Button
          icon={<PlusOutlined />}
          loading={isBusy}
          disabled={!row.isOrderable}
          aria-label={t("side.add", { name: offer.sku_name, quantity: amount })}
          onClick={() => void add()}
        >
          {amount}
        </Button>
      </span>
    </li>
  );
}

function Suggestions({ rows, empty, ...rest }: ListProps) {
  if (rows.length === 0) return <p className="quiet side-empty">{empty}</p>;
  return (
    <ul className="side-rows">
      {rows.map((row) => (
        <SuggestionRow key={row.offer.sku_id} of={row} {...rest} />
      ))}
    </ul>
  );
}

interface SideListsProps {
  sides: Sides;
  favourites: Favourites;
  onAdd: (lines: CartLineIn[]) => Promise<unknown>;
}

/** What this buyer usually orders, with its usual quantity, and what it keeps at hand: one press each. */
export function SideLists({ sides, favourites, onAdd }: SideListsProps) {
  const { t } = useTranslation("carts");
  const format = useFormat();
  const usual = useListUsualSkus({ ...sides, limit: 20 }, { query: { staleTime: 60_000 } });
  const bought = (usual.data ?? []).map((row) => ({
    offer: row.offer,
    note: t("side.latest", { count: row.times, at: format.day(row.latest_at.slice(0, 10)) }),
    quantity: row.usual_quantity,
    unit: row.usual_unit,
    isOrderable: row.orderable,
  }));
  const kept = favourites.rows.map((row) => ({
    offer: row.offer,
    note: "",
    quantity: "1",
    unit: firstUnit(row.offer),
    isOrderable: row.orderable,
  }));
  const usualList = usual.error ? (
    <Refusal of={usual.error} onRetry={() => void usual.refetch()} />
  ) : usual.data ? (
    <Suggestions rows={bought} empty={t("side.none_usual")} onAdd={onAdd} favourites={favourites} />
  ) : (
    <Skeleton active title={false} paragraph={{ rows: 5 }} />
  );
  return (
    <Card title={t("side.title")}>
      <Tabs
        items={[
          { key: "usual", label: t("side.usual"), children: usualList },
          ...(favourites.isOwn
            ? [
                {
                  key: "kept",
                  label: t("side.kept", { count: kept.length }),
                  children: (
                    <Suggestions
                      rows={kept}
                      empty={t("side.none_kept")}
                      onAdd={onAdd}
                      favourites={favourites}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
