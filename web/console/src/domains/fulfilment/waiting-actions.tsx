import { uuid7 } from "@shared/ids";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WaitingOut } from "@/gen/model";
import { allocateBackorders, shipOrder } from "@/gen/orders/orders";
import { BulkResults } from "@/ui/bulk";
import { ReasonDialog } from "@/ui/reason-action";
import { useBulk } from "@/ui/use-bulk";
import { PrintLink } from "./print-link";
import { useRefreshGoods } from "./refresh";

/** What leaves: one shipment for each order and each warehouse that promised something to it. */
export function departures(rows: readonly WaitingOut[], warehouseId: number | undefined) {
  return rows
    .filter((row) => row.steps_open.length === 0)
    .flatMap((row) =>
      row.places
        .filter((place) => warehouseId === undefined || place.warehouse_id === warehouseId)
        .map((place) => ({
          key: `${row.id} ${place.warehouse_id}`,
          name: `${row.number} · ${place.warehouse_name}`,
          orderId: row.id,
          warehouseId: place.warehouse_id,
        })),
    );
}

interface ActionsProps {
  rows: readonly WaitingOut[];
  warehouseId: number | undefined;
  onDone: () => void;
}

function AllocateMany({ rows }: { rows: readonly WaitingOut[] }) {
  const { t } = useTranslation("fulfilment");
  const bulk = useBulk<{ lines: number }>(useRefreshGoods());
  // A lot that has expired is replaced by another one, as what lacks is filled.
  const short = rows.filter((row) => row.lines_short > 0 || row.lines_expired > 0);
  const hasExpired = rows.some((row) => row.lines_expired > 0);
  const start = () =>
    bulk.run(
      short.map((row) => ({ key: row.id, name: row.number })),
      async (id) => ({ lines: Object.keys((await allocateBackorders(id)).lines).length }),
    );
  return (
    <>
      <Button disabled={short.length === 0} onClick={start}>
        {t(hasExpired ? "bulk.reallocate" : "bulk.allocate", { count: short.length })}
      </Button>
      <BulkResults
        of={bulk}
        title={t("bulk.allocate_title")}
        say={({ lines }) => (lines ? t("bulk.allocated", { count: lines }) : t("bulk.allocated_none"))}
      />
    </>
  );
}

function ShipMany({ rows, warehouseId, onDone }: ActionsProps) {
  const { t } = useTranslation("fulfilment");
  const refresh = useRefreshGoods();
  const bulk = useBulk<{ id: string; number: string }>(refresh);
  const [isAsked, setIsAsked] = useState(false);
  const [note, setNote] = useState("");
  // The ids are made once: a shipment whose answer got lost is the same shipment when it is tried again.
  const ids = useRef(new Map<string, string>());
  const leaving = departures(rows, warehouseId);
  const start = () => {
    setIsAsked(false);
    ids.current = new Map(leaving.map((one) => [one.key, uuid7()]));
    const byKey = new Map(leaving.map((one) => [one.key, one]));
    bulk.run(leaving, async (key) => {
      const one = byKey.get(key);
      if (!one) throw new Error(key);
      const id = ids.current.get(key) ?? uuid7();
      return shipOrder(one.orderId, { id, warehouse_id: one.warehouseId, lines: null, note });
    });
  };
  const done = bulk.rows.flatMap((row) => (row.result ? [row.result.id] : []));
  return (
    <>
      <Button type="primary" disabled={leaving.length === 0} onClick={() => setIsAsked(true)}>
        {t("bulk.ship", { count: leaving.length })}
      </Button>
      <ReasonDialog
        isOpen={isAsked}
        isReasonNeeded={false}
        isBusy={false}
        problem={null}
        title={t("bulk.ship_title")}
        explanation={t("bulk.ship_explanation", { count: leaving.length })}
        confirm={t("bulk.ship", { count: leaving.length })}
        onClose={() => setIsAsked(false)}
        onConfirm={start}
      >
        <label className="field">
          <span>{t("bulk.note")}</span>
          <Input value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
        </label>
      </ReasonDialog>
      <BulkResults
        of={{
          ...bulk,
          close: () => {
            bulk.close();
            onDone();
          },
        }}
        title={t("bulk.ship_title")}
        say={({ number }) => t("bulk.shipped", { number })}
        extra={done.length > 0 && <PrintLink kind="delivery" ids={done} label={t("print.delivery")} />}
      />
    </>
  );
}

/** For the chosen orders: promise what came in, fetch the goods, send them off. */
export function WaitingActions({ rows, warehouseId, onDone }: ActionsProps) {
  const { t } = useTranslation("fulfilment");
  const navigate = useNavigate();
  const places = new Set(rows.flatMap((row) => row.places.map((place) => place.warehouse_id)));
  const place = warehouseId ?? [...places][0];
  const pick = () =>
    void navigate({
      to: "/warehouse/pick",
      search: { warehouse: String(place), order: rows.map((row) => row.id) } as never,
    });
  return (
    <>
      <AllocateMany rows={rows} />
      <Button disabled={place === undefined} onClick={pick}>
        {t("bulk.pick")}
      </Button>
      <ShipMany rows={rows} warehouseId={warehouseId} onDone={onDone} />
    </>
  );
}
