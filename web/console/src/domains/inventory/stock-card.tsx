import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGetStockCard, useGetStockFlows } from "@/gen/inventory/inventory";
import type { FlowOut, StockCardOut, StockMovementOut, StockOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { PageSkeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { FlowSum } from "./flow-sum";
import { type Behind, MovementDrawer } from "./movement-drawer";

function Movements({ rows, empty }: { rows: readonly StockMovementOut[]; empty: string }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const columns = useMemo<Column<StockMovementOut>[]>(
    () => [
      {
        key: "document",
        title: t("movement.document"),
        width: 180,
        render: (row) => <span className="cell-main figures">{row.document_number || row.source_type}</span>,
      },
      {
        key: "change",
        title: t("movement.change"),
        width: 120,
        numeric: true,
        render: (row) => row.change_text || row.change,
      },
      {
        key: "at",
        title: t("movement.at"),
        width: 140,
        numeric: true,
        render: (row) => format.instant(row.effective_at),
      },
      { key: "person", title: t("movement.person"), width: 100, render: (row) => row.user_name },
    ],
    [t, format],
  );
  if (rows.length === 0) return <p className="card-note quiet">{empty}</p>;
  return <SimpleTable columns={columns} rows={rows} rowKey={(row) => row.transfer_id} />;
}

function Lots({ rows }: { rows: readonly StockOut[] }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const columns = useMemo<Column<StockOut>[]>(
    () => [
      { key: "lot", title: t("stock.lot"), width: 150, render: (row) => row.batch || row.lot || "–" },
      {
        key: "expires",
        title: t("stock.expires_on"),
        width: 170,
        render: (row) => (
          <span className="urgency">
            <span className="figures">{format.day(row.expires_on)}</span>
            {row.expires_on && row.expires_on < format.today() && (
              <StateTag tone="bad">{t("card.expired")}</StateTag>
            )}
          </span>
        ),
      },
      {
        key: "on_hand",
        title: t("stock.on_hand"),
        width: 110,
        numeric: true,
        render: (row) => row.on_hand_text,
      },
      {
        key: "available",
        title: t("stock.available"),
        width: 110,
        numeric: true,
        render: (row) => row.available_text,
      },
    ],
    [t, format],
  );
  if (rows.every((row) => row.lot === "")) return <p className="card-note quiet">{t("card.no_lots")}</p>;
  return <SimpleTable columns={columns} rows={rows} rowKey={(row) => row.lot} />;
}

function Totals({ of: row, open }: { of: StockOut; open: (figure: Behind["figure"]) => void }) {
  const { t } = useTranslation("inventory");
  const figures: [string, string, Behind["figure"] | null][] = [
    [t("stock.on_hand"), row.on_hand_text, "ON_HAND"],
    [t("stock.held"), row.held ?? "–", "HELD"],
    [t("stock.available"), row.available_text, null],
    [t("stock.in_transit"), row.in_transit_text, "IN_TRANSIT"],
  ];
  return (
    <dl className="key-figures card">
      {figures.map(([name, value, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figures">
            {figure ? (
              <button type="button" className="figure-link" onClick={() => open(figure)}>
                {value}
              </button>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ of: card, flow }: { of: StockCardOut; flow: FlowOut | undefined }) {
  const { t } = useTranslation("inventory");
  const [behind, setBehind] = useState<Behind | null>(null);
  return (
    <>
      <Totals
        of={card.total}
        open={(figure) => setBehind({ row: card.total, figure, day: "", isByLot: false })}
      />
      {flow && <FlowSum of={flow} />}
      <div className="two-columns">
        <Card flush title={t("card.movements")}>
          <Movements rows={card.movements} empty={t("card.no_movements")} />
        </Card>
        <div className="stack">
          <Card flush title={t("card.lots")}>
            <Lots rows={card.lots} />
          </Card>
          <Card flush title={t("card.promises")}>
            <Movements rows={card.promises} empty={t("card.no_promises")} />
          </Card>
        </div>
      </div>
      <MovementDrawer behind={behind} onClose={() => setBehind(null)} />
    </>
  );
}

/** One sku in one place: figures, lots, promises, movements, and this month's in and out of its owner. */
export function StockCard({ skuId, warehouseId }: { skuId: number; warehouseId: number }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const found = useGetStockCard({ sku_id: skuId, warehouse_id: warehouseId });
  const owner = found.data?.total.organization_id ?? undefined;
  const today = format.today();
  const flows = useGetStockFlows(
    { first: `${today.slice(0, 7)}-01`, last: today, organization_id: owner, sku_id: skuId },
    { query: { enabled: owner !== undefined } },
  );
  if (found.error) return <Refusal of={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const { total } = found.data;
  return (
    <div className="stack">
      <p>
        <strong>{total.sku_name}</strong>{" "}
        <span className="quiet figures">
          {total.sku_code} · {total.warehouse_name}
        </span>{" "}
        <Link to="/stock" search={{ sku: String(skuId) } as never} className="row-link">
          {t("stock.groups.PLACE")}
        </Link>
      </p>
      <Body of={found.data} flow={flows.data?.[0]} />
    </div>
  );
}
