// What is on its way, with what comes today first.
import type { ShipmentListOut } from "@/gen/model";
import { shipmentSentence } from "../orders/say";

type OnTheWay = Pick<ShipmentListOut, "state" | "shipped_at" | "received_at" | "seller_name" | "waybills">;

/** Whether it is here, being brought round, or expected by the end of today: what was expected before is late, not lost. */
export function comesToday(shipment: OnTheWay, isByToday: (at: string) => boolean): boolean {
  const { key, expected } = shipmentSentence(shipment, shipment.seller_name);
  if (key === "delivered" || key === "delivering") return true;
  return key === "shipped_expected" && expected !== undefined && isByToday(expected);
}

/** Today's first, each group with what left first on top. */
export function byArrival<Shipment extends OnTheWay>(
  shipments: readonly Shipment[],
  isByToday: (at: string) => boolean,
): { today: Shipment[]; later: Shipment[] } {
  const sorted = [...shipments].sort((one, other) => (one.shipped_at < other.shipped_at ? -1 : 1));
  return {
    today: sorted.filter((one) => comesToday(one, isByToday)),
    later: sorted.filter((one) => !comesToday(one, isByToday)),
  };
}
