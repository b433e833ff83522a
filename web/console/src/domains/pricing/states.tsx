import { useTranslation } from "react-i18next";
import type { VersionState } from "@/gen/model";
import { StateTag, type Tone } from "@/ui/state-tag";

export const VERSION_STATES = [
  "DRAFT",
  "APPROVED",
  "PUBLISHED",
  "ENDED",
] as const satisfies readonly VersionState[];

const TONES: Record<VersionState, Tone> = {
  DRAFT: "wait",
  APPROVED: "note",
  PUBLISHED: "good",
  ENDED: "idle",
};

export function VersionStateTag({ of: state }: { of: VersionState }) {
  const { t } = useTranslation("prices");
  return <StateTag tone={TONES[state]}>{t(`state.${state}`)}</StateTag>;
}
