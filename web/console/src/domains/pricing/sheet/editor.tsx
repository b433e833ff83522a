import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut, SheetOut } from "@/gen/model";
import { Files } from "./files";
import { Grid } from "./grid";
import { PercentDialog } from "./percent-dialog";
import { countsOf } from "./saving";
import { at, rectOf } from "./selection";
import { StatusLine } from "./status-line";
import { Toolbar } from "./toolbar";
import { useChosen } from "./use-chosen";
import { useEditing } from "./use-editing";
import { useSaving } from "./use-saving";
import { useSheet } from "./use-sheet";
import { useShown } from "./use-shown";

interface EditorProps {
  of: PriceListPageOut;
  sheet: SheetOut;
  userId: number;
  /** A row to go to, as the findings of the check name it: "7 箱". */
  jump: { skuId: number; unit: string } | null;
}

/** The rows of a version as a spreadsheet; published versions are only read. */
export function Editor({ of: version, sheet, userId, jump }: EditorProps) {
  const { t } = useTranslation("prices");
  const { message } = App.useApp();
  const isEditable = version.allowed_actions.includes("edit");
  const { store, state, isKept } = useSheet(sheet, { userId, versionId: version.id, isEditable });
  const saving = useSaving(store, version.id);
  const { shown, filter, setFilter } = useShown(state);
  const [isPercent, setIsPercent] = useState(false);
  const counts = countsOf(state);
  const save = async () => {
    const before = countsOf(store.state);
    const isDone = await saving.save();
    const after = countsOf(store.state);
    if (isDone && before.changed > after.changed)
      void message.success(t("sheet.saved", { count: before.changed - after.changed }));
  };
  const editing = useEditing({
    store,
    state,
    shown,
    isEditable,
    currency: version.currency,
    onSave: () => void save(),
    onPasted: (count) => void message.info(t("sheet.pasted", { count })),
  });
  const rect = rectOf(editing.selection);
  const chosen = shown.slice(rect.top, rect.bottom + 1);
  const { change, priceIn, remove } = useChosen(store, state, chosen);

  const { select } = editing;
  const jumped = useRef("");
  useEffect(() => {
    const key = jump && `${jump.skuId} ${jump.unit}`;
    if (!jump || !key || jumped.current === key) return;
    const line = shown.findIndex((id) => {
      const saved = state.saved.get(id);
      return saved?.skuId === jump.skuId && (jump.unit === "" || saved.unit === jump.unit);
    });
    if (line < 0) return;
    jumped.current = key;
    select(at(line, 2));
  }, [jump, shown, state.saved, select]);

  return (
    <section className="card psheet" aria-label={t("sheet.title")}>
      <Toolbar
        state={state}
        filter={filter}
        onFilter={(next) => {
          setFilter(next);
          select(at(0, editing.selection.focus.column));
        }}
        isEditable={isEditable}
        isBusy={saving.isBusy}
        changed={counts.changed}
        onUndo={() => store.undo()}
        onRedo={() => store.redo()}
        onFill={editing.fill}
        onPercent={() => setIsPercent(true)}
        onUnit={priceIn}
        onRemove={remove}
        onSave={() => void save()}
        files={<Files version={version} store={store} isEditable={isEditable} />}
      />
      {isEditable && (
        <StatusLine
          counts={counts}
          saving={saving}
          isKept={isKept}
          onNextFault={editing.toNextFault}
          onShowFaults={() => setFilter({ text: "", only: "faulty" })}
        />
      )}
      <Grid
        state={state}
        shown={shown}
        editing={editing}
        isEditable={isEditable}
        currency={version.currency}
      />
      {isPercent && (
        <PercentDialog
          count={chosen.length}
          onApply={(how) => {
            change(how);
            setIsPercent(false);
          }}
          onClose={() => setIsPercent(false)}
        />
      )}
    </section>
  );
}
