import { isZero } from "@shared/decimal";
import { quantity } from "@shared/quantity";
import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BillFields } from "@/domains/orders/bill-fields";
import { type Bill, isFit, NO_BILL } from "@/domains/orders/bills";
import { useRefresh } from "@/domains/orders/refresh";
import { baseUnitOf, promisesOf, unitsOf } from "@/domains/orders/say";
import { AmountField } from "@/domains/stock/amount-field";
import { useListStock, useListWarehouses } from "@/gen/inventory/inventory";
import { attachWaybill } from "@/gen/logistics/logistics";
import type { OrderOut } from "@/gen/model";
import { useGetOrder, useShipOrder } from "@/gen/orders/orders";
import { back } from "@/navigation";
import { newId } from "@/platform/ids";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Field } from "@/ui/field";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Answered, Empty } from "@/ui/states";
import { useReasons } from "@/ui/use-reasons";
import "@/domains/orders/receive-line.scss";
import "@/domains/orders/road.scss";

function useShip(bill: Bill) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  return useShipOrder({
    mutation: {
      onSuccess: async ({ id, number }) => {
        const { carrier } = bill;
        const written = { id: newId(), carrier, tracking_number: bill.number.trim() };
        const isKept =
          carrier === "none" ||
          (await attachWaybill(id, written).then(
            () => true,
            () => false,
          ));
        say(t(isKept ? "done.shipped" : "done.shipped_no_bill", { number }));
        refresh();
        await back();
      },
    },
  });
}

/** What lies in the warehouse of one sku, beside what is promised to this order. */
function InStock({ skuId, warehouseId }: { skuId: number; warehouseId: number }) {
  const { t } = useTranslation("store-follow");
  const stock = useListStock({ sku_id: skuId, warehouse_id: warehouseId, limit: 1 });
  const row = stock.data?.items[0];
  return row ? <span>{t("ship.in_stock", { quantity: row.on_hand_text })}</span> : null;
}

function ShipForm({ of: order }: { of: OrderOut }) {
  const { t } = useTranslation("store-follow");
  const promises = promisesOf(order.holds);
  const places = [...promises.keys()];
  const names = useListWarehouses({ organization_id: order.seller_id, limit: 100 }).data?.items ?? [];
  const [id] = useState(newId);
  const [placeId, setPlaceId] = useState(places[0] ?? 0);
  const [units, setUnits] = useState<Record<number, string>>({});
  const [bill, setBill] = useState(NO_BILL);
  const [note, setNote] = useState("");
  const ship = useShip(bill);
  const rows = order.lines.flatMap((line) => {
    const most = promises.get(placeId)?.get(line.line_no);
    return most ? [{ line, most, leaves: units[line.line_no] ?? most }] : [];
  });
  const leaving = rows.filter(({ leaves }) => !isZero(leaves || "0"));
  const isAll = rows.every(({ most, leaves }) => leaves === most);
  const send = () =>
    ship.mutate({
      orderId: order.id,
      data: {
        id,
        warehouse_id: placeId,
        note,
        lines: isAll
          ? null
          : leaving.map(({ line, leaves }) => ({ line_no: line.line_no, quantity: leaves })),
      },
    });
  const { reasonOf, rest } = useReasons(ship.error, {
    note,
    ...Object.fromEntries(leaving.map(({ leaves }, at) => [`lines.${at}`, leaves])),
  });
  if (rows.length === 0)
    return (
      <Page title={t("ship.title")}>
        <Empty text={t("ship.nothing")} />
      </Page>
    );
  const footer = (
    <Action isWide isBusy={ship.isPending} isDisabled={leaving.length === 0 || !isFit(bill)} onClick={send}>
      {t(leaving.length === 0 ? "ship.choose" : isAll ? "ship.go" : "ship.part")}
    </Action>
  );
  return (
    <Page title={`${t("ship.title")} ${order.number}`} footer={footer}>
      {places.length > 1 && (
        <Card title={t("ship.from")}>
          <Chips
            isWrapped
            label={t("ship.from")}
            value={String(placeId)}
            options={places.map((place) => ({
              value: String(place),
              label: names.find((one) => one.id === place)?.name ?? String(place),
            }))}
            onChange={(value) => setPlaceId(Number(value))}
          />
        </Card>
      )}
      <Card title={order.buyer_name}>
        <ul>
          {rows.map((row) => {
            const { line, most, leaves } = row;
            const lineUnits = unitsOf(line);
            const base = baseUnitOf(lineUnits, line.unit);
            return (
              <li key={line.line_no} className="receive-line">
                <p className="receive-line-name">{line.sku_name}</p>
                <p className="soft">
                  {t("ship.promised", { quantity: quantity(most, lineUnits, base) })}{" "}
                  <InStock skuId={line.sku_id} warehouseId={placeId} />
                </p>
                <div className="receive-field">
                  <AmountField
                    label={`${line.sku_name} ${t("ship.quantity")}`}
                    value={leaves}
                    units={lineUnits}
                    baseUnit={base}
                    most={most}
                    problem={reasonOf(`lines.${leaving.indexOf(row)}`)}
                    onChange={(value) => setUnits((before) => ({ ...before, [line.line_no]: value }))}
                  />
                </div>
              </li>
            );
          })}
        </ul>
      </Card>
      <Card title={t("ship.bill")}>
        <BillFields value={bill} onChange={setBill} />
        <Field label={t("ship.note")} value={note} problem={reasonOf("note")} onChange={setNote} />
      </Card>
      {rest && <Refused error={rest} />}
    </Page>
  );
}

export default function ShipPage() {
  const { t } = useTranslation("store-follow");
  const { id = "" } = useRouter().params;
  const order = useGetOrder(id);
  if (order.data) return <ShipForm of={order.data} />;
  return (
    <Page title={t("ship.title")}>
      <Answered of={order}>{() => null}</Answered>
    </Page>
  );
}
