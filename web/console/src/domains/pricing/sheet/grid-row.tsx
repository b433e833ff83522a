// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: one field over the active cell has the focus and takes the keys
import { number } from "@shared/money";
import { memo } from "react";
import type { PricedGoodsOut } from "@/gen/model";
import { usePreferences } from "@/theme/preferences";
import { breaksText, convertedText, priceText } from "./cell-text";
import { percentBetween } from "./change";
import type { Fault, Faults } from "./check";
import { COLUMNS, type ColumnKey, isField, isNumeric, MARGIN, WIDTHS } from "./columns";
import type { Row } from "./sheet";

interface GridRowProps {
  line: number;
  top: number;
  /** Undefined for the blank line at the end. */
  row: Row | undefined;
  goods: PricedGoodsOut | null | undefined;
  before: string | undefined;
  faults: Faults | undefined;
  mark: "new" | "changed" | "none";
  /** The selected columns of this line, from and to; -1 when none. */
  from: number;
  to: number;
  currency: string;
  blankText: string;
  faultText: (fault: Fault) => string;
}

function Percent({ of: percent }: { of: string | null }) {
  const { riseIsRed } = usePreferences();
  if (percent === null) return null;
  const isDown = percent.startsWith("-");
  const tone = percent === "0" ? "" : isDown === riseIsRed ? "rise-green" : "rise-red";
  return (
    <span className={tone}>
      {percent !== "0" && !isDown && "+"}
      {number(percent)}%
    </span>
  );
}

function content(column: ColumnKey, props: GridRowProps) {
  const { row, goods, before, currency, blankText } = props;
  if (!row) return column === "code" ? <span className="quiet">{blankText}</span> : null;
  switch (column) {
    case "code":
      return (
        <>
          <span className="psheet-code">{row.code}</span> <span className="quiet">{goods?.name}</span>
        </>
      );
    case "unit":
      return row.unit;
    case "breaks":
      return breaksText(row.breaks, goods?.base_unit ?? "", currency);
    case "converted":
      return convertedText(row, goods, currency);
    case "before":
      return before ? priceText(before, currency) : null;
    case "percent":
      return <Percent of={percentBetween(before, row.price)} />;
    default:
      return priceText(row[column], currency);
  }
}

/** One line of the sheet; drawn again only when something in it changes. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { line, top, faults, mark, from, to, faultText } = props;
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      className={`psheet-row psheet-${mark}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="rowheader" className="psheet-line figures" style={{ width: MARGIN }}>
        {line + 1}
      </div>
      {COLUMNS.map((column, index) => {
        const fault = isField(column) ? faults?.[column] : undefined;
        const isChosen = index >= from && index <= to;
        const classes = ["psheet-cell"];
        if (isNumeric(column)) classes.push("psheet-figure");
        if (!isField(column)) classes.push("psheet-fixed");
        if (isChosen) classes.push("psheet-chosen");
        if (fault) classes.push(fault.key === "code_checking" ? "psheet-checking" : "psheet-fault");
        if (index === 0) classes.push("psheet-first");
        return (
          <div
            key={column}
            role="gridcell"
            aria-selected={isChosen}
            aria-invalid={fault && fault.key !== "code_checking" ? true : undefined}
            title={fault && faultText(fault)}
            className={classes.join(" ")}
            style={{ width: WIDTHS[column] }}
            data-row={line}
            data-column={index}
          >
            {content(column, props)}
          </div>
        );
      })}
    </div>
  );
});
