import { compare, isZero } from "@shared/decimal";
import { Link } from "@tanstack/react-router";
import { Button, Drawer, Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { allocateShare, useShareShortage } from "@/gen/fulfilment/fulfilment";
import type { GivenOrderOut, SharingOut, WaiterOut } from "@/gen/model";
import { BulkResults } from "@/ui/bulk";
import type { Column } from "@/ui/data-table";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { useBulk } from "@/ui/use-bulk";
import { useRefreshGoods } from "./refresh";
import { UrgencyCell } from "./urgency";

function Because({ of: row, unit }: { of: WaiterOut; unit: string }) {
  const { t } = useTranslation("fulfilment");
  if (row.because === "ENOUGH") return <span className="quiet">{t("share.because.ENOUGH")}</span>;
  return (
    <span className="quiet">
      {t(`share.because.${row.because}`, { quota: row.share_quota, packs: row.share_packs, unit })}
    </span>
  );
}

function useColumns(sharing: SharingOut): Column<WaiterOut>[] {
  const { t } = useTranslation("fulfilment");
  return useMemo(
    () => [
      {
        key: "order",
        title: t("share.order"),
        width: 220,
        render: (row) => (
          <span className="cell-two">
            <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="cell-main figures">
              {row.number}
            </Link>
            <span className="quiet">{row.buyer_name}</span>
          </span>
        ),
      },
      {
        key: "urgency",
        title: t("waiting.urgency"),
        width: 170,
        render: (row) => (
          <UrgencyCell urgency={row.urgency} wanted={row.wanted_date} days={row.waiting_days} />
        ),
      },
      {
        key: "backordered",
        title: t("shortage.backordered"),
        width: 110,
        numeric: true,
        render: (row) => row.backordered_text,
      },
      {
        key: "share",
        title: t("share.share"),
        width: 110,
        numeric: true,
        render: (row) => <strong>{row.share_text}</strong>,
      },
      {
        key: "because",
        title: t("share.why"),
        width: 240,
        render: (row) => <Because of={row} unit={sharing.pack_unit} />,
      },
    ],
    [t, sharing],
  );
}

/** What an order got, in words, and what it still lacks. */
function Given({ of: order }: { of: GivenOrderOut }) {
  const { t } = useTranslation("fulfilment");
  const [line] = order.lines;
  if (!line || isZero(line.given)) return <>{t("share.given_none")}</>;
  return (
    <>
      {isZero(line.missing)
        ? t("share.given_all", { quantity: line.given_text })
        : t("share.given", { quantity: line.given_text, missing: line.missing_text })}
    </>
  );
}

function Body({ of: sharing, mayShip }: { of: SharingOut; mayShip: boolean }) {
  const { t } = useTranslation("fulfilment");
  const columns = useColumns(sharing);
  const bulk = useBulk<GivenOrderOut>(useRefreshGoods());
  const { shortage } = sharing;
  const getting = sharing.waiters.filter((row) => compare(row.share, "0") > 0);
  const share = () => {
    // One call for each order, all its lines of this sku in it.
    const byOrder = new Map<string, WaiterOut[]>();
    for (const row of getting) byOrder.set(row.order_id, [...(byOrder.get(row.order_id) ?? []), row]);
    bulk.run(
      [...byOrder].map(([key, rows]) => ({ key, name: `${rows[0]?.number ?? ""} · ${rows[0]?.buyer_name}` })),
      (key) =>
        allocateShare(key, {
          lines: (byOrder.get(key) ?? []).map((row) => ({ line_no: row.line_no, quantity: row.share })),
        }),
    );
  };
  return (
    <div className="stack">
      <dl className="key-figures card">
        {(
          [
            ["backordered", shortage.backordered_text],
            ["available", shortage.available_text],
            ["on_hand", shortage.on_hand_text],
            ["held", shortage.held_text],
            ["incoming", shortage.incoming_text],
          ] as const
        ).map(([key, value]) => (
          <div key={key}>
            <dt>{t(`shortage.${key}`)}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        {shortage.covered
          ? t("share.enough")
          : isZero(shortage.available)
            ? t("share.nothing")
            : t("share.rule", {
                unit: sharing.pack_unit,
                shared: sharing.shared_text,
                left: sharing.left_text,
              })}
      </p>
      <div className="card">
        <SimpleTable
          columns={columns}
          rows={sharing.waiters}
          rowKey={(row) => `${row.order_id} ${row.line_no}`}
          card={(row) => (
            <>
              <div className="phone-row">
                <Link to="/orders/$orderId" params={{ orderId: row.order_id }} className="cell-main figures">
                  {row.number}
                </Link>
                <span className="figures">
                  {row.backordered_text} → <strong>{row.share_text}</strong>
                </span>
              </div>
              <div>{row.buyer_name}</div>
              <Because of={row} unit={sharing.pack_unit} />
            </>
          )}
        />
      </div>
      {mayShip && (
        <div>
          <Button type="primary" disabled={getting.length === 0} onClick={share}>
            {t("share.apply", { count: new Set(getting.map((row) => row.order_id)).size })}
          </Button>
        </div>
      )}
      <BulkResults of={bulk} title={t("share.title")} say={(order) => <Given of={order} />} />
    </div>
  );
}

interface SharingDrawerProps {
  skuId: number | null;
  mayShip: boolean;
  onClose: () => void;
}

/** Who waits for a sku, what each would get of what there is and why; then promised, order by order. */
export function SharingDrawer({ skuId, mayShip, onClose }: SharingDrawerProps) {
  const { t } = useTranslation("fulfilment");
  const found = useShareShortage(skuId ?? 0, {}, { query: { enabled: skuId !== null, retry: false } });
  const isGone = found.error?.code === "orders.nobody_waits";
  return (
    <Drawer
      open={skuId !== null}
      onClose={onClose}
      size={920}
      destroyOnHidden
      title={found.data ? found.data.shortage.sku_name : t("shortage.title")}
    >
      {isGone && <p>{t("share.nobody")}</p>}
      {found.error && !isGone && <Refusal of={found.error} onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <Skeleton active />}
      {found.data && !isGone && <Body of={found.data} mayShip={mayShip} />}
    </Drawer>
  );
}
