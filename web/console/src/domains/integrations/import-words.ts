import type { ImportOut, ImportState } from "@/gen/model";
import { useWord } from "@/i18n/server-words";
import type { Tone } from "@/ui/state-tag";

export const STATE_TONES: Record<ImportState, Tone> = {
  CHECKING: "note",
  CHECKED: "wait",
  RUNNING: "note",
  DONE: "good",
  CANCELLED: "idle",
  REFUSED: "bad",
};

/** A pair of texts in the reader's language. */
export function useTitle(): (of: { title_zh: string; title_en: string }) => string {
  const word = useWord();
  return (of) => word({ zh: of.title_zh, en: of.title_en });
}

/** What an import is of, in the reader's language. */
export function useEntityTitle(): (of: Pick<ImportOut, "entity_zh" | "entity_en">) => string {
  const word = useWord();
  return (of) => word({ zh: of.entity_zh, en: of.entity_en });
}
