import { unitPrice } from "@shared/money";
import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CandidateOut, ShownPriceOut } from "@/gen/model";
import { explainPrice, getListPricesQueryKey, listPrices } from "@/gen/prices/prices";
import { type Column, DataTable } from "@/ui/data-table";
import { Refusal } from "@/ui/refusal";
import { TraceDrawer } from "@/ui/trace-drawer";
import { usePages } from "@/ui/use-pages";

const TYPING_MS = 350;
const LEVELS: readonly CandidateOut["level"][] = ["CONTRACT", "CUSTOMER", "GROUP", "REGION", "BASE"];

/** The candidates of one unit as the drawer reads a line's stored trace. */
const traceOf = (rows: readonly CandidateOut[] | undefined, price: ShownPriceOut) =>
  rows && {
    query: { currency: price.currency },
    amount: price.unit_price,
    candidates: rows.map((row) => ({
      list: row.list_code,
      level: LEVELS.indexOf(row.level) + 1,
      from: row.valid_from,
      to: row.valid_to,
      unit: row.unit,
      price: row.unit_price,
      reason: row.reason,
    })),
  };

function Why({ of: price, buyerId, onClose }: { of: ShownPriceOut; buyerId: number; onClose: () => void }) {
  const asked = {
    buyer_id: buyerId,
    sku_id: price.sku_id,
    quantity: "1",
    unit: price.unit,
    currency: price.currency,
  };
  const { data, error } = useQuery({
    queryKey: ["/api/v1/prices/explain", asked],
    queryFn: ({ signal }) => explainPrice(asked, signal),
  });
  if (error) return <Refusal of={error} />;
  return <TraceDrawer isOpen title={price.sku_name} trace={traceOf(data, price)} onClose={onClose} />;
}

/** What the partner pays today, goods by goods, each with why. */
export function PricesTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation("partners");
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<ShownPriceOut | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const params = { buyer_id: partnerId, text: text || undefined };
  const pages = usePages(getListPricesQueryKey(params), (cursor, signal) =>
    listPrices({ ...params, cursor }, signal),
  );
  const columns = useMemo<Column<ShownPriceOut>[]>(
    () => [
      {
        key: "sku",
        title: t("price.goods"),
        width: 300,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.sku_name}</span>
            <span className="quiet figures">{row.sku_code}</span>
          </span>
        ),
      },
      {
        key: "price",
        title: t("price.price"),
        width: 150,
        numeric: true,
        render: (row) => `${unitPrice(row.unit_price, row.currency)} / ${row.unit}`,
      },
      {
        key: "breaks",
        title: t("price.breaks"),
        width: 260,
        render: (row) =>
          row.breaks
            .map((one) =>
              t("price.break", { from: one.from_quantity, price: unitPrice(one.unit_price, row.currency) }),
            )
            .join(t("separator")),
      },
      {
        key: "list",
        title: t("price.list"),
        width: 150,
        render: (row) => <span className="figures">{row.list_code}</span>,
      },
      {
        key: "why",
        title: t("price.why_column"),
        width: 90,
        render: (row) => (
          <Button
            className="why"
            type="text"
            onClick={() => setAsked(row)}
            aria-label={`${t("price.why")} ${row.sku_name}`}
          >
            {t("price.why")}
          </Button>
        ),
      },
    ],
    [t],
  );
  return (
    <>
      <div className="filter-bar">
        <Input
          allowClear
          className="filter-text"
          aria-label={t("price.search")}
          placeholder={t("price.search")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <DataTable
        label={t("tab.prices")}
        columns={columns}
        pages={pages}
        rowKey={(row) => `${row.sku_id} ${row.unit}`}
        empty={t("price.none")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{row.sku_name}</span>
              <span className="figures">
                {unitPrice(row.unit_price, row.currency)} / {row.unit}
              </span>
            </div>
            <div className="phone-row">
              <span className="quiet figures">{row.sku_code}</span>
              <Button className="why" type="text" onClick={() => setAsked(row)}>
                {t("price.why")}
              </Button>
            </div>
          </>
        )}
      />
      {asked && <Why of={asked} buyerId={partnerId} onClose={() => setAsked(null)} />}
    </>
  );
}
