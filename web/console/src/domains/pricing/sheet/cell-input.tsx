import { useQuery } from "@tanstack/react-query";
import { type RefObject, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PricedGoodsOut } from "@/gen/model";
import { findPricedGoods } from "@/gen/prices/prices";
import { COLUMNS, HEAD, isField, isNumeric, LEFTS, LINE, WIDTHS } from "./columns";
import type { Row } from "./sheet";
import type { Editing } from "./use-editing";

interface Choice {
  value: string;
  note: string;
}

/** What the cell could become: goods for a code, their own units for a unit. */
function useChoices(
  editing: Editing,
  row: Row | undefined,
  goods: PricedGoodsOut | null | undefined,
): Choice[] {
  const column = COLUMNS[editing.selection.focus.column];
  const text = editing.typing?.text.trim() ?? "";
  const isCode = column === "code" && editing.typing !== null && text !== "";
  const { data } = useQuery({
    queryKey: ["/api/v1/prices/goods", text],
    queryFn: ({ signal }) => findPricedGoods({ text }, signal),
    enabled: isCode,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  if (isCode) return (data ?? []).slice(0, 8).map((one) => ({ value: one.code, note: one.name }));
  if (column === "unit" && editing.typing && row)
    return (goods?.units ?? [])
      .filter(({ unit }) => editing.typing?.isOver === false || unit.startsWith(text))
      .map(({ unit, numerator, denominator }) => ({
        value: unit,
        note: numerator === denominator ? "" : `${numerator / denominator}${goods?.base_unit ?? ""}`,
      }));
  return [];
}

interface CellInputProps {
  editing: Editing;
  input: RefObject<HTMLInputElement | null>;
  row: Row | undefined;
  goods: PricedGoodsOut | null | undefined;
  isEditable: boolean;
  value: string;
  fault: string;
}

/** The one field that takes every key stroke: unseen over the active cell until something is typed into it. */
export function CellInput({ editing, input, row, goods, isEditable, value, fault }: CellInputProps) {
  const { t } = useTranslation("prices");
  const id = useId();
  const [chosen, setChosen] = useState(-1);
  const { focus } = editing.selection;
  const column = COLUMNS[focus.column] ?? "code";
  const choices = useChoices(editing, row, goods);
  const isTyping = editing.typing !== null;
  const take = (choice: Choice | undefined, key?: string) => {
    setChosen(-1);
    editing.commit(choice?.value, key);
  };
  return (
    <div
      className="psheet-editor"
      style={{
        transform: `translate(${LEFTS[focus.column]}px, ${HEAD + focus.row * LINE}px)`,
        width: WIDTHS[column],
      }}
    >
      <input
        ref={input}
        id={`${id}-input`}
        className={`psheet-input ${isTyping ? "" : "psheet-input-idle"} ${isNumeric(column) ? "psheet-figure" : ""}`}
        autoComplete="off"
        spellCheck={false}
        inputMode={isEditable ? "text" : "none"}
        readOnly={!isEditable || !isField(column)}
        aria-label={t("sheet.cell", { line: focus.row + 1, column: t(`sheet.column.${column}`), value })}
        aria-invalid={fault !== "" || undefined}
        aria-describedby="psheet-fault"
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
        value={editing.typing?.text ?? ""}
        onChange={({ target }) => {
          setChosen(-1);
          editing.begin({ text: target.value, isOver: editing.typing?.isOver ?? true });
        }}
        onKeyDown={(event) => {
          if (choices.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            setChosen((before) => Math.max(-1, Math.min(choices.length - 1, before + step)));
          } else if (chosen >= 0 && (event.key === "Enter" || event.key === "Tab")) {
            event.preventDefault();
            take(choices[chosen], "Tab");
          } else editing.onKeyDown(event);
        }}
        onBlur={() => isTyping && editing.commit()}
        onCopy={editing.onCopy}
        onCut={editing.onCut}
        onPaste={editing.onPaste}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t(`sheet.column.${column}`)}
        className={choices.length > 0 ? "psheet-choices" : "psheet-choices psheet-choices-none"}
      >
        {choices.map((choice, index) => (
          <div
            key={choice.value}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={index === chosen ? "psheet-choice psheet-choice-on" : "psheet-choice"}
            onMouseDown={(event) => {
              event.preventDefault();
              take(choice, "Tab");
            }}
          >
            <span>{choice.value}</span> <span className="quiet">{choice.note}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
