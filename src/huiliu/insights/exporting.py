"""An answer as the rows of a file: the figures of the screen, as CSV or as a workbook with numbers that can be summed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Final

import xlsxwriter

from huiliu.insights.definitions import Catalog
from huiliu.insights.dimensions import DIMENSIONS
from huiliu.insights.types import Answer

_BEFORE = {"zh": "对比期", "en": "compared"}
_GROWTH = {"zh": "增长率", "en": "growth"}
#: A cell that begins so is run as a formula by spreadsheets.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DIGITS_MAX: Final = 15  # more than a spreadsheet keeps of a number
_WIDTH: Final = 18

#: Words, a figure, or unknown.
Cell = str | Decimal | None


class FileFormat(StrEnum):
    """What a file of figures can be."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Final = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rows(answer: Answer, catalog: Catalog, *, locale: str) -> Iterator[list[Cell]]:
    """The heading, then one list of cells a row."""
    language = "en" if locale.startswith("en") else "zh"
    metrics = [catalog.metric(name) for name in answer.query.metrics]
    names = [metric.en if language == "en" else metric.zh for metric in metrics]
    heading: list[Cell] = []
    for name in answer.query.dimensions:
        dimension = DIMENSIONS[name]
        word = dimension.en if language == "en" else dimension.zh
        heading += [f"{word} #", word] if dimension.lookup else [word]
    heading += names
    if answer.compared_with is not None:
        heading += [f"{name} ({_BEFORE[language]})" for name in names]
        heading += [f"{name} ({_GROWTH[language]})" for name in names]
    yield heading
    for row in answer.rows:
        cells: list[Cell] = []
        for name, key, label in zip(answer.query.dimensions, row.keys, row.labels, strict=True):
            cells += [key, label] if DIMENSIONS[name].lookup else [label]
        figures = [*row.values, *(row.before or ()), *(row.growth or ())]
        yield [*cells, *(None if figure is None else Decimal(figure) for figure in figures)]


def as_file(format_: FileFormat, lines: Iterable[list[Cell]]) -> bytes:
    """The whole file."""
    return _as_csv(lines) if format_ is FileFormat.CSV else _as_workbook(lines)


def _as_csv(lines: Iterable[list[Cell]]) -> bytes:
    """UTF-8 with the mark that Excel and WPS need to read Chinese."""
    text = io.StringIO()
    csv.writer(text).writerows([_as_text(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return f"'{cell}" if cell and cell.startswith(_FORMULA) else (cell or "")


def _as_workbook(lines: Iterable[list[Cell]]) -> bytes:
    """Words are written as words, whatever they begin with; a figure with more digits than a number keeps, too."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet()
    head = book.add_format({"bold": True, "bg_color": "#F2F2F2"})
    quoted = book.add_format({"quote_prefix": True, "num_format": "@"})
    for place, line in enumerate(lines):
        for column, cell in enumerate(line):
            if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _DIGITS_MAX:
                page.write_number(place, column, float(cell))
            elif cell is not None:
                style = head if place == 0 else quoted if str(cell).startswith(_FORMULA) else None
                page.write_string(place, column, _as_words(cell), style)
        page.set_column(0, max(len(line) - 1, 0), _WIDTH)
    page.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _as_words(cell: str | Decimal) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell
