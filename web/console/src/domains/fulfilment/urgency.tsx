import { useTranslation } from "react-i18next";
import type { ShipmentState, Urgency } from "@/gen/model";
import { StateTag, type Tone } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";

const TONES: Record<Urgency, Tone> = { LATE: "bad", TODAY: "wait", SOON: "note", LATER: "idle" };

/** How near the wanted day is, with the day itself and how long the order waits. */
export function UrgencyCell({
  urgency,
  wanted,
  days,
}: {
  urgency: Urgency;
  wanted: string | null;
  days: number;
}) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  return (
    <span className="urgency">
      <StateTag tone={TONES[urgency]}>{t(`urgency.${urgency}`)}</StateTag>
      <span className="quiet figures">
        {wanted && t("wanted", { day: format.day(wanted) })}
        {!wanted && (days > 0 ? t("waited", { count: days }) : t("waits_since_today"))}
      </span>
    </span>
  );
}

const SHIPMENT_TONES: Record<ShipmentState, Tone> = { SHIPPED: "note", RECEIVED: "good" };

export function ShipmentTag({ of: state }: { of: ShipmentState }) {
  const { t } = useTranslation("fulfilment");
  return <StateTag tone={SHIPMENT_TONES[state]}>{t(`shipment.state.${state}`)}</StateTag>;
}
