"""Workbooks as Excel, WPS and their imitators write them, read as a stream.

The sheet's own XML is read here, because what the importer must know gets lost elsewhere: the digits as they
are stored, hidden rows, formulas without a result. And a grid is never laid out: two cells at the far corners
of a sheet would need gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final
from xml.etree import ElementTree

from huiliu.integrations.errors import FileDamaged, FileTooLarge, SheetUnknown
from huiliu.integrations.importing.cells import Broken, Cell, number_of
from huiliu.integrations.importing.tables import (
    COLUMNS_MAX,
    UNPACKED_MAX,
    SheetRow,
    Table,
    checked,
    column_letters,
)

_BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
#: What of a number format is neither literal nor color nor condition, and names a day or an hour.
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DAYS = re.compile(r"[ymdhse年月日时分秒]", re.IGNORECASE)
#: How the format writes what XML cannot hold: `_x000D_` is a carriage return.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STEP = 1 << 18
#: The XML of one row or one text: 256 cells of full length.
ELEMENT_MAX: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Book:
    """What the parts beside the sheet say."""

    texts: list[str]
    date_styles: frozenset[int]
    epoch: datetime


def open_xlsx(path: Path, *, sheet: str = "") -> Table:
    """The first visible sheet, or the one named.

    Raises: FileDamaged, FileTooLarge, SheetUnknown.
    """
    with _reading(path) as package:
        _check_size(package)
        names = _sheets(package)
        shown = [name for name, (_, visible) in names.items() if visible] or list(names)
        if sheet and sheet not in names:
            raise SheetUnknown(f"There is no sheet {sheet[:40]}.", sheets=list(names), field="sheet")
        chosen = sheet or shown[0]
        book = _Book(_texts(package), _date_styles(package), _epoch(package))
    part = names[chosen][0]
    return Table("xlsx", chosen, tuple(names), lambda: checked(_rows(path, part, book)))


@contextmanager
def _reading(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise FileDamaged("This is not a whole workbook.", because=str(error)[:200]) from error
    except (ElementTree.ParseError, ValueError, ArithmeticError) as error:
        raise FileDamaged("A part of the workbook cannot be read.", because=str(error)[:200]) from error


def _check_size(package: zipfile.ZipFile) -> None:
    """A small file may unpack to anything; what its directory claims is held against it while reading, too."""
    members = package.infolist()
    if len(members) > 5_000 or sum(member.file_size for member in members) > UNPACKED_MAX:
        raise FileTooLarge("The workbook unpacks to too much.", limit=UNPACKED_MAX)


class _Part:
    """A part of the package that stops when it unpacks to more than the limit, and has no document type."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.left = stream, UNPACKED_MAX
        self.head = stream.read(4096)
        if b"<!DOCTYPE" in self.head or b"<!ENTITY" in self.head:
            raise FileDamaged("The workbook defines entities of its own.", because="DOCTYPE")

    def read(self, size: int = _STEP) -> bytes:
        data = self.head + self.stream.read(size) if self.head else self.stream.read(size)
        self.head = b""
        self.left -= len(data)
        if self.left < 0:
            raise FileTooLarge("The workbook unpacks to too much.", limit=UNPACKED_MAX)
        return data


def _parse(stream: IO[bytes], *wanted: str) -> Iterator[Any]:
    """The elements of these local names, one after the other; what was handed out is forgotten.

    Raises: FileTooLarge when a single element does not end within a sensible size.
    """
    part = _Part(stream)
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    parents: list[Any] = []
    level, pending = 0, 0
    while data := part.read():
        parser.feed(data)
        pending += len(data)
        for event, element in parser.read_events():
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if level and len(parents) > level:
                continue  # inside of one that is wanted
            if _local(element.tag) in wanted:
                level, pending = len(parents), 0
                yield element
            if level:  # whatever stands beside it would grow with the file
                element.clear()
                if parents:
                    parents[-1].clear()
        if pending > ELEMENT_MAX:
            raise FileTooLarge("One row of the workbook is larger than a row can be.", limit=ELEMENT_MAX)
    parser.close()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    """An attribute whatever its namespace: strict and transitional files differ there."""
    found = element.get(name)
    if found is None:
        found = next((value for key, value in element.items() if _local(key) == name), "")
    return str(found)


def _part_name(package: zipfile.ZipFile, wanted: str) -> str | None:
    return next((name for name in package.namelist() if name.lower() == wanted.lower()), None)


def _small(package: zipfile.ZipFile, name: str) -> Any:
    """A small part as a tree; None when it is not there."""
    found = _part_name(package, name)
    if found is None:
        return None
    with package.open(found) as stream:
        part = _Part(stream)
        data = b"".join(iter(part.read, b""))
    return ElementTree.parse(BytesIO(data)).getroot()  # noqa: S314 - no document type: checked above


def _sheets(package: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """Name → (part, visible), in the order of the tabs."""
    book, links = _small(package, "xl/workbook.xml"), _small(package, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise FileDamaged("There is no workbook inside.", because="xl/workbook.xml")
    targets = {_attribute(link, "Id"): _attribute(link, "Target") for link in links}
    found = {}
    for element in book.iter():
        if _local(element.tag) != "sheet":
            continue
        key = next((value for name, value in element.items() if _local(name) == "id" and name != "id"), "")
        target = targets.get(key, "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if _part_name(package, name) and "chartsheet" not in name.lower():
            visible = element.get("state", "visible") == "visible"
            found[_attribute(element, "name")] = (str(_part_name(package, name)), visible)
    if not found:
        raise FileDamaged("The workbook has no sheet.", because="sheets")
    return found


def _texts(package: zipfile.ZipFile) -> list[str]:
    """The shared texts; the runs of a formatted one are put together, its reading aid is not."""
    name = _part_name(package, "xl/sharedStrings.xml")
    if name is None:
        return []
    with package.open(name) as stream:
        return [_rich(element) for element in _parse(stream, "si")]


def _rich(element: Any) -> str:
    parts = []
    for child in element:
        tag = _local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(text.text or "" for text in child if _local(text.tag) == "t")
    text = "".join(parts)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _date_styles(package: zipfile.ZipFile) -> frozenset[int]:
    root = _small(package, "xl/styles.xml")
    if root is None:
        return frozenset()
    own: dict[int, bool] = {}
    dates = []
    for element in root:
        if _local(element.tag) == "numFmts":
            for one in element:
                bare = _LITERALS.sub("", one.get("formatCode", "").split(";")[0])
                own[int(one.get("numFmtId", "0"))] = (
                    bool(_DAYS.search(bare)) and "general" not in bare.lower()
                )
        if _local(element.tag) == "cellXfs":
            for place, style in enumerate(element):
                code = int(style.get("numFmtId", "0"))
                if own.get(code, code in _BUILT_IN_DATES):
                    dates.append(place)
    return frozenset(dates)


def _epoch(package: zipfile.ZipFile) -> datetime:
    root = _small(package, "xl/workbook.xml")
    for element in root.iter():
        if _local(element.tag) == "workbookPr" and element.get("date1904") in ("1", "true"):
            return datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's day has no zone
    return datetime(1899, 12, 30)  # noqa: DTZ001


def _rows(path: Path, part: str, book: _Book) -> Iterator[SheetRow]:
    number = 0
    with _reading(path) as package, package.open(part) as stream:
        for element in _parse(stream, "row"):
            number = int(element.get("r") or number + 1)
            cells: list[Cell] = []
            for one in element:
                if _local(one.tag) == "c":
                    _place(cells, one, book, row=number)
            yield SheetRow(number, cells, hidden=element.get("hidden") in ("1", "true"))


def _place(cells: list[Cell], element: Any, book: _Book, *, row: int) -> None:
    letters = element.get("r", "").rstrip("0123456789")
    column = _column(letters) if letters else len(cells)
    cell = _cell(element, book)
    if cell is None:
        return
    if column >= COLUMNS_MAX:
        raise FileTooLarge(f"More than {COLUMNS_MAX} columns.", limit=COLUMNS_MAX, row=row)
    while len(cells) <= column:
        cells.append(None)
    cells[column] = cell


@cache
def _known_columns() -> dict[str, int]:
    return {column_letters(index): index for index in range(COLUMNS_MAX)}


def _column(letters: str) -> int:
    return _known_columns().get(letters, COLUMNS_MAX)


def _cell(element: Any, book: _Book) -> Cell:
    raw, is_formula = None, False
    for child in element:
        tag = child.tag
        if tag.endswith("}v") or tag == "v":
            raw = child.text
        elif tag.endswith("}f") or tag == "f":
            is_formula = True
        elif tag.endswith("}is") or tag == "is":
            return _rich(child)
    kind = element.get("t", "n")
    if not raw:
        return Broken("a formula without a result") if is_formula and kind != "str" else None
    return _value(kind, raw, element, book)


def _value(kind: str, raw: str, element: Any, book: _Book) -> Cell:
    if kind == "s":
        place = int(raw)
        if not 0 <= place < len(book.texts):
            raise FileDamaged("A cell names a text that is not there.", because=raw[:20])
        return book.texts[place]
    if kind == "n":
        number = number_of(raw)
        return _moment(number, book.epoch) if int(element.get("s") or 0) in book.date_styles else number
    if kind == "b":
        return raw.strip() in ("1", "true")
    if kind == "e":
        return Broken(raw)
    if kind == "d":
        return datetime.fromisoformat(raw.replace("Z", ""))
    return raw  # "str": the text result of a formula


def _moment(serial: Decimal, epoch: datetime) -> Cell:
    """A serial as a day, an hour of the day below one, a moment with both; beyond the calendar it stays a number."""
    if not 0 <= serial < 2_958_466:
        return serial
    seconds = round(serial % 1 * 86_400)
    if serial < 1:
        return (epoch + timedelta(seconds=seconds)).time()
    moment = epoch + timedelta(days=int(serial), seconds=seconds)
    return moment if seconds else moment.date()
