"""Rows to CSV, xlsx or Parquet as a stream: what is written is forgotten."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from huiliu.integrations.defuse import defused
from huiliu.integrations.errors import ExportTooLarge
from huiliu.integrations.screen_texts import in_language, word
from huiliu.kernel.columns import Column, ColumnKind
from huiliu.kernel.money import plain_text

Row = Sequence[Any]
SHEET_ROWS_MAX: Final = 1_048_575  # below the titles
LIST_SEPARATOR: Final = "、"  # between several words of one cell
_BATCH: Final = 5_000
_DIGITS_MAX: Final = 15  # more than a spreadsheet keeps of a number


class Format(StrEnum):
    """What an export can be."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


MEDIA_TYPES: Final = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PARQUET: "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: columns in their order, rows with a value for each."""

    title: str
    columns: Sequence[Column]
    locale: str
    zone: ZoneInfo

    def titles(self) -> list[str]:
        return [in_language(one.title_zh, one.title_en, self.locale) for one in self.columns]

    def in_words(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows as people read them: codes in the words of the screens."""
        places = [(place, column.words) for place, column in enumerate(self.columns) if column.words]
        for row in rows:
            said = list(row)
            for place, words in places:
                codes = str(said[place] or "").split(LIST_SEPARATOR)
                said[place] = LIST_SEPARATOR.join(word(words, code, self.locale) for code in codes)
            yield said


def write(format_: Format, target: Path, sheet: Sheet, rows: Iterator[Row]) -> int:
    """Write all rows; returns how many. Raises: ExportTooLarge for more than a sheet holds."""
    writers: dict[Format, Callable[[Path, Sheet, Iterator[Row]], int]] = {
        Format.CSV: _write_csv,
        Format.XLSX: _write_xlsx,
        Format.PARQUET: _write_parquet,
    }
    return writers[format_](target, sheet, rows)


def _write_csv(target: Path, sheet: Sheet, rows: Iterator[Row]) -> int:
    """UTF-8 with the mark that Excel and WPS need to read Chinese."""
    count = 0
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(sheet.titles())
        for count, row in enumerate(sheet.in_words(rows), start=1):  # noqa: B007 - the count is the answer
            writer.writerow([_as_text(value, sheet.zone) for value in row])
    return count


def _as_text(value: Any, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_text(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int):
        return str(value)
    return defused(str(value))


def _write_xlsx(target: Path, sheet: Sheet, rows: Iterator[Row]) -> int:
    book = xlsxwriter.Workbook(
        str(target), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet.title[:31])
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#F2F2F2"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "text": book.add_format({"num_format": "@"}),
        "quoted": book.add_format({"quote_prefix": True, "num_format": "@"}),
    }
    for place, (column, title) in enumerate(zip(sheet.columns, sheet.titles(), strict=True)):
        page.set_column(
            place, place, column.width, formats["text"] if column.kind is ColumnKind.TEXT else None
        )
        page.write_string(0, place, title, formats["head"])
    page.freeze_panes(1, 0)
    count = 0
    try:
        for count, row in enumerate(sheet.in_words(rows), start=1):
            if count > SHEET_ROWS_MAX:
                raise ExportTooLarge("A sheet ends here; take CSV or Parquet.", limit=SHEET_ROWS_MAX)
            for place, value in enumerate(row):
                _write_cell(page, count, place, value, formats, sheet.zone)
    finally:
        book.close()
    return count


def _write_cell(
    page: Any, row: int, column: int, value: Any, formats: dict[str, Any], zone: ZoneInfo
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        local = value.astimezone(zone).replace(tzinfo=None, microsecond=0)
        page.write_datetime(row, column, local, formats["instant"])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif (
        isinstance(value, Decimal | int) and len(Decimal(value).normalize().as_tuple().digits) <= _DIGITS_MAX
    ):
        page.write_number(row, column, value)
    else:
        text = _as_text(value, zone) if isinstance(value, Decimal | int) else str(value)
        page.write_string(row, column, text, formats["quoted" if defused(text) != text else "text"])


_TYPES: Final = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.NUMBER: pa.decimal128(38, 6),
    ColumnKind.DATE: pa.date32(),
    ColumnKind.INSTANT: pa.timestamp("us", tz="UTC"),
}


def _write_parquet(target: Path, sheet: Sheet, rows: Iterator[Row]) -> int:
    """Named by the columns' keys: machines read it."""
    schema = pa.schema([pa.field(one.key, _TYPES[one.kind]) for one in sheet.columns])
    count = 0
    with pq.ParquetWriter(target, schema) as writer:
        while batch := list(islice(rows, _BATCH)):
            columns = [
                pa.array([_as_arrow(row[place], one.kind) for row in batch], _TYPES[one.kind])
                for place, one in enumerate(sheet.columns)
            ]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(batch)
    return count


def _as_arrow(value: Any, kind: ColumnKind) -> Any:
    if value is None:
        return None
    if kind is ColumnKind.NUMBER:
        return Decimal(value)
    return str(value) if kind is ColumnKind.TEXT else value
