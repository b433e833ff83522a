import type { WaybillOut } from "@/gen/model";
import { byArrival } from "./arrivals";

const bill = (state: string, expected_at: string | null = null): WaybillOut =>
  ({ id: state, carrier: "", tracking_number: "", events: [], state, expected_at }) as WaybillOut;

const shipment = (seller_name: string, shipped_at: string, waybills: WaybillOut[]) => ({
  state: "SHIPPED" as const,
  received_at: null,
  seller_name,
  shipped_at,
  waybills,
});

test("what comes today stands first: expected, being brought, or here; what is late comes today, too", () => {
  const list = [
    shipment("none", "2026-11-28T09:00:00Z", []),
    shipment("tomorrow", "2026-11-27T09:00:00Z", [bill("IN_TRANSIT", "2026-11-30T04:00:00Z")]),
    shipment("today", "2026-11-28T08:00:00Z", [bill("IN_TRANSIT", "2026-11-29T04:00:00Z")]),
    shipment("late", "2026-11-26T08:00:00Z", [bill("IN_TRANSIT", "2026-11-28T04:00:00Z")]),
    shipment("brought", "2026-11-27T08:00:00Z", [bill("OUT_FOR_DELIVERY", "2026-11-30T04:00:00Z")]),
    shipment("stuck", "2026-11-25T08:00:00Z", [bill("EXCEPTION", "2026-11-29T04:00:00Z")]),
  ];
  const { today, later } = byArrival(list, (at) => at < "2026-11-30");
  expect(today.map((one) => one.seller_name)).toEqual(["late", "brought", "today"]);
  expect(later.map((one) => one.seller_name)).toEqual(["stuck", "tomorrow", "none"]);
});
