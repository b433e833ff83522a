// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: one field over the active cell has the focus and takes the keys
import "@/theme/price-sheet.css";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CellInput } from "./cell-input";
import { COLUMNS, HEAD, isNumeric, LEFTS, LINE, MARGIN, TOTAL, WIDTHS } from "./columns";
import { GridRow } from "./grid-row";
import { at, rectOf } from "./selection";
import { differs, FIELDS, type Field, keyOf, type Row } from "./sheet";
import type { SheetState } from "./store";
import { type Editing, textOf } from "./use-editing";
import { useFaultText } from "./use-fault-text";

/** More lines than ever stand in sight at once: a screen of 64 lines and what is drawn beyond it. */
const SLOTS = 128;

interface GridProps {
  state: SheetState;
  shown: readonly number[];
  editing: Editing;
  isEditable: boolean;
  currency: string;
}

function spotOf(target: EventTarget): { row: number; column: number } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null;
}

/** Keeps the active cell in sight beside the frozen line number and code. */
function useFollow(scroll: { current: HTMLDivElement | null }, column: number): void {
  useEffect(() => {
    const box = scroll.current;
    const left = LEFTS[column];
    const name = COLUMNS[column];
    if (!box || left === undefined || !name || column === 0) return;
    const frozen = box.clientWidth > 560 ? MARGIN + WIDTHS.code : MARGIN;
    if (left - frozen < box.scrollLeft) box.scrollLeft = left - frozen;
    else if (left + WIDTHS[name] > box.scrollLeft + box.clientWidth)
      box.scrollLeft = left + WIDTHS[name] - box.clientWidth;
  }, [scroll, column]);
}

/** The lines in sight; scrolling draws these again and nothing else. */
function Lines({
  state,
  shown,
  byId,
  editing,
  isEditable,
  currency,
  scroll,
}: GridProps & { byId: ReadonlyMap<number, Row>; scroll: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation("prices");
  const faultText = useFaultText();
  const virtual = useVirtualizer({
    count: shown.length + (isEditable ? 1 : 0),
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 12,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    initialRect: { width: TOTAL, height: 560 },
  });
  const { focus } = editing.selection;
  useEffect(() => virtual.scrollToIndex(focus.row, { align: "auto" }), [virtual, focus.row]);
  const rect = rectOf(editing.selection);
  const blankText = t("sheet.blank");
  return virtual.getVirtualItems().map(({ index, start }) => {
    const id = shown[index];
    const row = id === undefined ? undefined : byId.get(id);
    const goods = row && state.book.get(row.code);
    const saved = row && state.saved.get(row.id);
    const isIn = index >= rect.top && index <= rect.bottom;
    return (
      <GridRow
        // A line that leaves gives its elements to one that comes: nothing is built while it scrolls.
        key={index % SLOTS}
        line={index}
        top={start}
        row={row}
        goods={goods}
        before={goods && row ? state.before.get(keyOf(goods.sku_id, row.unit)) : undefined}
        faults={row && state.faults.get(row.id)}
        mark={!row || !differs(row, saved) ? "none" : saved ? "changed" : "new"}
        from={isIn ? rect.left : -1}
        to={isIn ? rect.right : -1}
        currency={currency}
        blankText={blankText}
        faultText={faultText}
      />
    );
  });
}

/** Titles of the columns; they stay while the rows scroll. */
function Heads() {
  const { t } = useTranslation("prices");
  return (
    <div role="row" aria-rowindex={1} className="psheet-head" style={{ height: HEAD }}>
      <div role="columnheader" className="psheet-line" style={{ width: MARGIN }}>
        <span aria-hidden>#</span>
        <span className="unseen">{t("sheet.column.line")}</span>
      </div>
      {COLUMNS.map((column, index) => (
        <div
          key={column}
          role="columnheader"
          className={`psheet-heading ${isNumeric(column) ? "psheet-figure" : ""} ${index === 0 ? "psheet-first" : ""}`}
          style={{ width: WIDTHS[column] }}
        >
          {t(`sheet.column.${column}`)}
        </div>
      ))}
    </div>
  );
}

/** Choosing cells with the mouse: press, draw, shift; twice to edit. */
function useMouse(
  editing: Editing,
  input: RefObject<HTMLInputElement | null>,
  textAt: (line: number, field: Field) => string,
) {
  return {
    onMouseDown: (event: MouseEvent) => {
      const spot = spotOf(event.target);
      if (!spot || event.button !== 0) return;
      event.preventDefault();
      if (editing.typing) editing.commit();
      const { anchor } = editing.selection;
      editing.select(event.shiftKey ? { anchor, focus: spot } : at(spot.row, spot.column));
      input.current?.focus({ preventScroll: true });
    },
    onMouseOver: (event: MouseEvent) => {
      const spot = event.buttons === 1 ? spotOf(event.target) : null;
      if (spot) editing.select({ anchor: editing.selection.anchor, focus: spot });
    },
    onDoubleClick: (event: MouseEvent) => {
      const spot = spotOf(event.target);
      const field = spot && FIELDS[spot.column];
      if (spot && field) editing.begin({ text: textAt(spot.row, field), isOver: false });
    },
  };
}

/** Thousands of rows as a spreadsheet: only those in sight are drawn, one field takes the keys. */
export function Grid(props: GridProps) {
  const { state, shown, editing, isEditable } = props;
  const { t } = useTranslation("prices");
  const scroll = useRef<HTMLDivElement>(null);
  const { input } = editing;
  const faultText = useFaultText();
  const lines = shown.length + (isEditable ? 1 : 0);
  const { focus } = editing.selection;
  useFollow(scroll, focus.column);
  const byId = useMemo(() => new Map<number, Row>(state.rows.map((row) => [row.id, row])), [state.rows]);
  const rowAt = (line: number): Row | undefined => {
    const id = shown[line];
    return id === undefined ? undefined : byId.get(id);
  };
  const active = rowAt(focus.row);
  const activeField = FIELDS[focus.column];
  const fault = active && activeField ? state.faults.get(active.id)?.[activeField] : undefined;
  const mouse = useMouse(editing, input, (line, field) => rowAt(line)?.[field] ?? "");
  return (
    <>
      <div ref={scroll} className="psheet-scroll">
        <div className="psheet-space" style={{ width: TOTAL, height: HEAD + lines * LINE }}>
          <div
            role="grid"
            aria-label={t("sheet.title")}
            aria-rowcount={lines + 1}
            aria-colcount={COLUMNS.length + 1}
            aria-readonly={!isEditable}
            aria-multiselectable
            {...mouse}
          >
            <Heads />
            <Lines {...props} byId={byId} scroll={scroll} />
          </div>
          <CellInput
            editing={editing}
            input={input}
            row={active}
            goods={active && state.book.get(active.code)}
            isEditable={isEditable}
            value={textOf(active, focus.column, state, props.currency)}
            fault={fault ? faultText(fault) : ""}
          />
        </div>
      </div>
      <p
        id="psheet-fault"
        className={fault ? "psheet-note psheet-note-bad" : "psheet-note"}
        aria-live="polite"
      >
        {fault
          ? t("sheet.at", {
              line: focus.row + 1,
              column: activeField ? t(`sheet.column.${activeField}`) : "",
              words: faultText(fault),
            })
          : t(isEditable ? "sheet.keys" : "sheet.keys_read")}
      </p>
    </>
  );
}
