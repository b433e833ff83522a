import { App } from "antd";
import { useTranslation } from "react-i18next";
import { changeRow, type PercentChange, rowInUnit, type UnitKind } from "./change";
import type { SheetState, SheetStore } from "./store";

/** What is done to the chosen rows at once; each is one step that undo takes back. */
export function useChosen(store: SheetStore, state: SheetState, chosen: readonly number[]) {
  const { t } = useTranslation("prices");
  const { message } = App.useApp();
  const change = (how: PercentChange) => {
    const meant = new Set(chosen);
    store.apply(state.rows.map((row) => (meant.has(row.id) ? changeRow(row, how) : row)));
  };
  const priceIn = (kind: UnitKind) => {
    const meant = new Set(chosen);
    let [moved, left] = [0, 0];
    const rows = state.rows.map((row) => {
      if (!meant.has(row.id)) return row;
      const next = rowInUnit(row, state.book.get(row.code), kind);
      if (next === null) left += 1;
      else if (next !== row) moved += 1;
      return next ?? row;
    });
    if (moved > 0) store.apply(rows);
    const said = [t("sheet.unit.done", { count: moved }), left > 0 && t("sheet.unit.left", { count: left })];
    void message.info(said.filter(Boolean).join(""));
  };
  const remove = () => {
    const gone = new Set(chosen);
    if (gone.size === 0) return;
    store.apply(state.rows.filter((row) => !gone.has(row.id)));
    void message.info(t("sheet.removed", { count: gone.size }));
  };
  return { change, priceIn, remove };
}
