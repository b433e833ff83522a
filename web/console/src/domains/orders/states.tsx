import { useTranslation } from "react-i18next";
import type { OrderState, ReturnState, ShipmentState } from "@/gen/model";
import { StateTag, type Tone } from "@/ui/state-tag";

export const ORDER_STATES = [
  "AWAITING_BUYER",
  "SUBMITTED",
  "AWAITING_FINANCE",
  "CONFIRMED",
  "PARTIALLY_SHIPPED",
  "SHIPPED",
  "COMPLETED",
  "CANCELLED",
] as const satisfies readonly OrderState[];

const ORDER_TONES: Record<OrderState, Tone> = {
  AWAITING_BUYER: "wait",
  SUBMITTED: "wait",
  AWAITING_FINANCE: "wait",
  CONFIRMED: "note",
  PARTIALLY_SHIPPED: "note",
  SHIPPED: "note",
  COMPLETED: "good",
  CANCELLED: "idle",
};

export function OrderStateTag({ of: state }: { of: OrderState }) {
  const { t } = useTranslation("orders");
  return <StateTag tone={ORDER_TONES[state]}>{t(`state.${state}`)}</StateTag>;
}

const SHIPMENT_TONES: Record<ShipmentState, Tone> = { SHIPPED: "note", RECEIVED: "good" };

export function ShipmentStateTag({ of: state }: { of: ShipmentState }) {
  const { t } = useTranslation("orders");
  return <StateTag tone={SHIPMENT_TONES[state]}>{t(`shipment_state.${state}`)}</StateTag>;
}

const RETURN_TONES: Record<ReturnState, Tone> = { REQUESTED: "wait", RECEIVED: "good", REJECTED: "bad" };

export function ReturnStateTag({ of: state }: { of: ReturnState }) {
  const { t } = useTranslation("orders");
  return <StateTag tone={RETURN_TONES[state]}>{t(`return_state.${state}`)}</StateTag>;
}
