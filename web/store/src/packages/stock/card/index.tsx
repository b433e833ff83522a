import { compare, isZero, multiply } from "@shared/decimal";
import { money } from "@shared/money";
import { useRouter } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { coverOf } from "@/domains/stock/shelf";
import { useBuyingPrices } from "@/domains/stock/use-shelf";
import { getListStockMovementsQueryKey, listStockMovements, useListStock } from "@/gen/inventory/inventory";
import type { StockMovementOut, StockOut } from "@/gen/model";
import { open } from "@/navigation";
import { useSession } from "@/session";
import { Card, Facts } from "@/ui/card";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { Whole } from "@/ui/whole";
import "./index.scss";

const SOURCES = ["order", "shipment", "return", "adjustment", "transfer", "count", "sale"] as const;
type Source = (typeof SOURCES)[number];

/** The page of a movement's document; those without a page in the store are only named. */
const PLACES: Partial<Record<Source, (id: string) => unknown>> = {
  order: (id) => open("order", { id }),
  shipment: (id) => open("receive", { id }),
  count: (id) => open("counting", { id }),
  return: () => open("returns"),
  sale: () => open("sales"),
};

function Figures({ of: row }: { of: StockOut }) {
  const { t } = useTranslation("store-stock");
  const prices = useBuyingPrices();
  const price = prices?.bySku[row.sku_id];
  const cover = coverOf(row);
  return (
    <Card title={row.sku_name} aside={<span className="soft">{row.sku_code}</span>}>
      <p className="stock-card-figure">{row.on_hand_text}</p>
      <Facts
        of={[
          [
            t("card.available"),
            row.available !== null && compare(row.available, row.on_hand) !== 0 && row.available_text,
          ],
          [t("card.transit"), !isZero(row.in_transit) && row.in_transit_text],
          [t("card.sold"), row.sold_28_days !== null && `${row.sold_28_days}${row.base_unit}`],
          [
            t("card.cover"),
            cover === "over" ? t("row.over_year") : cover !== null && t("card.days", { days: cover }),
          ],
          [
            t("card.value"),
            prices &&
              price &&
              compare(row.on_hand, "0") > 0 &&
              money(multiply(row.on_hand, price), prices.currency),
          ],
        ]}
      />
    </Card>
  );
}

function Lots({ of: rows }: { of: readonly StockOut[] }) {
  const { t } = useTranslation("store-stock");
  const format = useFormat();
  const lots = rows.filter((row) => !isZero(row.on_hand));
  if (lots.length < 2 && !lots[0]?.lot) return null;
  return (
    <Card title={t("card.lots")}>
      <Facts
        of={lots.map((row) => [
          [
            row.batch || row.lot || t("card.lot_none"),
            row.expires_on && t("row.expires", { day: format.day(row.expires_on) }),
          ]
            .filter(Boolean)
            .join(" · "),
          row.on_hand_text,
        ])}
      />
    </Card>
  );
}

function Move({ of: move }: { of: StockMovementOut }) {
  const { t } = useTranslation("store-stock");
  const format = useFormat();
  const source = SOURCES.find((one) => one === move.source_type);
  const what = t(`move.${source ?? "other"}`);
  const go = source && PLACES[source];
  const isOut = move.change.startsWith("-");
  const text = (
    <>
      <span className="move-head">
        <span>
          <Whole>{[what, move.document_number].filter(Boolean).join(" ")}</Whole>
        </span>
        <span className={isOut ? "move-figure" : "move-figure move-in"}>
          {isOut ? "" : "+"}
          {move.change_text}
        </span>
      </span>
      <span className="soft">
        {[format.spoken(move.effective_at), move.user_name, move.reason].filter(Boolean).join(" · ")}
      </span>
    </>
  );
  return (
    <li className="move">
      {go ? (
        <Tap
          className="move-tap"
          aria-label={`${t("move.open", { what, number: move.document_number })} ${move.change_text}`}
          onClick={() => go(move.source_id)}
        >
          {text}
        </Tap>
      ) : (
        <div className="move-tap">{text}</div>
      )}
    </li>
  );
}

function Moves({ skuId, organizationId }: { skuId: number; organizationId: number }) {
  const { t } = useTranslation("store-stock");
  const wanted = { sku_id: skuId, organization_id: organizationId, figure: "ON_HAND" as const, limit: 20 };
  const pages = usePages(getListStockMovementsQueryKey(wanted), (cursor, signal) =>
    listStockMovements({ ...wanted, cursor }, signal),
  );
  return (
    <Card title={t("card.moves")}>
      <Answered of={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty text={t("card.moves_none")} />
          ) : (
            <ul>
              {rows.map((move) => (
                <Move key={move.transfer_id} of={move} />
              ))}
            </ul>
          )
        }
      </Answered>
      <More of={pages} />
    </Card>
  );
}

/** One of my goods: the figures, the lots, and every entry behind them. */
export default function StockCardPage() {
  const { t } = useTranslation("store-stock");
  const skuId = Number(useRouter().params.sku);
  const own = useSession()?.organization_id;
  const asked = { sku_id: skuId, organization_id: own, limit: 100 };
  const isKnown = { query: { enabled: own !== undefined } };
  const total = useListStock({ ...asked, group: "ORGANIZATION", with_empty: true }, isKnown);
  const lots = useListStock({ ...asked, group: "LOT" }, isKnown);
  return (
    <Page title={t("card.title")}>
      <Answered of={total} rows={1}>
        {({ items: [row] }) => (row ? <Figures of={row} /> : <Empty text={t("shelf.none")} />)}
      </Answered>
      {lots.data && <Lots of={lots.data.items} />}
      {own !== undefined && <Moves skuId={skuId} organizationId={own} />}
    </Page>
  );
}
