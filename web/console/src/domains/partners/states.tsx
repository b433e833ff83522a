import { useTranslation } from "react-i18next";
import type { PartnerStatus } from "@/gen/model";
import { StateTag, type Tone } from "@/ui/state-tag";

export const PARTNER_STATES = ["ACTIVE", "FROZEN", "ENDED"] as const satisfies readonly PartnerStatus[];
export const PARTNER_KINDS = ["DISTRIBUTOR", "SUB_DISTRIBUTOR", "STORE", "SERVICE_PROVIDER"] as const;

const TONES: Record<PartnerStatus, Tone> = { ACTIVE: "good", FROZEN: "wait", ENDED: "idle" };

export function PartnerStateTag({ of: status }: { of: PartnerStatus }) {
  const { t } = useTranslation("partners");
  return <StateTag tone={TONES[status]}>{t(`state.${status}`)}</StateTag>;
}
