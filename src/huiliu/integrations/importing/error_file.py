"""The user's own file again, with a reason beside every row that was refused.

Beside the reasons stands a mark of what was taken: sent again, only rows without it, or changed since, are tried.
So a corrected row is imported, a forgotten one is not lost, and no row is done twice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Font, PatternFill

from huiliu.integrations.defuse import defused
from huiliu.integrations.importing.cells import Broken, Cell, shown
from huiliu.integrations.importing.csv_file import records
from huiliu.integrations.importing.mapping import MARK_TITLES, REASON_TITLES, EntityMapping, Plan, has_content
from huiliu.integrations.importing.rows import done_mark, row_digest
from huiliu.integrations.importing.tables import SheetRow, Table
from huiliu.integrations.importing.types import Outcome, RowProblem
from huiliu.integrations.importing.words import reason_of

#: A workbook with more cells is written anew, cell by cell, without its formats: loading it would take gigabytes.
CELLS_MAX: Final = 400_000
_RED: Final = "FFFFC7CE"


@dataclass(slots=True)
class ErrorFile:
    """What of one run goes beside the rows."""

    table: Table
    mapping: EntityMapping
    plan: Plan
    outcome: Outcome
    import_id: str
    locale: str
    dry_run: bool = False
    _reasons: dict[int, list[RowProblem]] = field(default_factory=dict, init=False)
    _marks: dict[int, str] = field(default_factory=dict, init=False)
    _width: int = field(default=0, init=False)
    _cells: int = field(default=0, init=False)

    def write(self, source: Path, target: Path) -> str:
        """Write the file beside `source` as `target`; returns its ending (a Parquet comes back as a workbook)."""
        for problem in self.outcome.problems:
            self._reasons.setdefault(problem.row, []).append(problem)
        self._survey()
        if self.table.format == "csv":
            self._write_csv(source, target)
            return ".csv"
        if self.table.format == "xlsx" and self._cells <= CELLS_MAX:
            self._write_workbook(source, target)
        else:
            self._write_plain(target)
        return ".xlsx"

    def _survey(self) -> None:
        """How wide the table is, and the marks of the rows that were taken, now or before."""
        self._width = len(self.plan.titles)
        place = self.plan.mark_column
        for row in self.table.rows():
            self._cells += len(row.cells)
            self._width = max(self._width, len(row.cells))
            if row.number <= self.plan.header_row or not has_content(row, self.plan):
                continue
            if row.number in self.outcome.taken and not self.dry_run:
                self._marks[row.number] = done_mark(self.import_id, row_digest(row, self.plan))
            elif place is not None and place < len(row.cells) and row.number not in self._reasons:
                self._marks[row.number] = shown(row.cells[place])

    @property
    def _reason_column(self) -> int:
        return self._width if self.plan.reason_column is None else self.plan.reason_column

    @property
    def _mark_column(self) -> int:
        if self.plan.mark_column is not None:
            return self.plan.mark_column
        return self._width + (self.plan.reason_column is None)

    def _reason(self, row: int) -> str:
        """Every reason of a row; long ones are cut where a cell ends."""
        said = [reason_of(one, self.mapping, locale=self.locale) for one in self._reasons.get(row, ())]
        return "\n".join(dict.fromkeys(said))[:30_000]

    def _titles(self) -> tuple[str, str]:
        english = self.locale.startswith("en")
        return REASON_TITLES[english], MARK_TITLES[english]

    def _extra(self, row: int) -> dict[int, str]:
        """What stands in the two columns of a row."""
        if row == self.plan.header_row:
            return dict(zip((self._reason_column, self._mark_column), self._titles(), strict=True))
        return {self._reason_column: self._reason(row), self._mark_column: self._marks.get(row, "")}

    def _write_csv(self, source: Path, target: Path) -> None:
        """In the encoding and with the delimiter that it came with; line by line. UTF-16 always gets its mark."""
        encoding = "utf-16" if self.table.encoding.startswith("utf-16") else self.table.encoding
        with target.open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=self.table.delimiter)
            for row in records(source, self.table.encoding, self.table.delimiter):
                cells = [shown(cell) for cell in row.cells]
                for column, text in self._extra(row.number).items() if row.cells else ():
                    cells += [""] * (column + 1 - len(cells))
                    cells[column] = defused(text)
                writer.writerow(cells)

    def _write_workbook(self, source: Path, target: Path) -> None:
        """The workbook itself: formats, widths, other sheets and formulas stay."""
        with source.open("rb") as stream:  # a stored file's name has no ending to judge by
            book = openpyxl.load_workbook(stream)
        page = book[self.table.sheet]
        red, plain = PatternFill("solid", fgColor=_RED), PatternFill()
        for number in {self.plan.header_row, *self._marks, *self._reasons}:
            for column, text in self._extra(number).items():
                cell = page.cell(number, column + 1)
                cell.value = text or None
                if text:
                    cell.data_type = "s"
        for row in page.iter_rows(min_row=self.plan.header_row + 1):
            for cell in row:
                if cell.has_style and cell.fill.fgColor.rgb == _RED:
                    cell.fill = plain
        for problem in self.outcome.problems:
            for column in self._blamed(problem):
                page.cell(problem.row, column + 1).fill = red
        self._dress(page)
        book.save(target)

    def _dress(self, page: Any) -> None:
        head = page.cell(self.plan.header_row, self._reason_column + 1)
        head.font = Font(bold=True, color="FFC00000")
        page.column_dimensions[head.column_letter].width = 60
        mark = page.cell(self.plan.header_row, self._mark_column + 1)
        page.column_dimensions[mark.column_letter].hidden = True
        for number in self._reasons:
            page.cell(number, self._reason_column + 1).alignment = Alignment(wrap_text=True, vertical="top")

    def _blamed(self, problem: RowProblem) -> Iterator[int]:
        """The cells to mark: the one at fault, else the reason itself."""
        column = next((place for place, one in self.plan.fields.items() if one.name == problem.field), None)
        yield self._reason_column if column is None else column

    def _write_plain(self, target: Path) -> None:
        """All rows without their formats, as a stream; row numbers stay."""
        book = xlsxwriter.Workbook(
            str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        page = book.add_worksheet(self.table.sheet[:31] or "Sheet1")
        formats = {
            "red": book.add_format({"bg_color": "#FFC7CE"}),
            "": None,
        }
        for row in self.table.rows():
            self._write_row(page, row, formats)
        page.set_column(self._reason_column, self._reason_column, 60)
        page.set_column(self._mark_column, self._mark_column, None, None, {"hidden": True})
        book.close()

    def _write_row(self, page: Any, row: SheetRow, formats: Mapping[str, Any]) -> None:
        red = {column for one in self._reasons.get(row.number, ()) for column in self._blamed(one)}
        cells: dict[int, Cell | str] = dict(enumerate(row.cells))
        cells.update({column: text for column, text in self._extra(row.number).items() if text})
        for column, cell in sorted(cells.items()):
            style = formats["red" if column in red else ""]
            if isinstance(cell, bool):
                page.write_boolean(row.number - 1, column, cell, style)
            elif cell is None or isinstance(cell, str | Broken) or not hasattr(cell, "is_finite"):
                page.write_string(row.number - 1, column, shown(cell), style)
            else:
                page.write_number(row.number - 1, column, cell, style)
