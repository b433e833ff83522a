import type { ImportEntityOut, ImportState } from "@/gen/model";
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

/** The name of an entity; its code while the list is not here. */
export function useEntityTitle(entities: readonly ImportEntityOut[]): (name: string) => string {
  const title = useTitle();
  return (name) => {
    const found = entities.find((entity) => entity.name === name);
    return found ? title(found) : name;
  };
}
