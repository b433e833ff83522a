"""Comma files from Excel, WPS, tills and scripts: encoding and delimiter are found, not asked for."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from huiliu.integrations.errors import FileDamaged, FormatUnknown
from huiliu.integrations.importing.cells import Cell
from huiliu.integrations.importing.tables import CELL_MAX, SheetRow, Table, checked

_SAMPLE: Final = 256 * 1024
_DELIMITERS: Final = ",\t;|，；"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def open_csv(path: Path) -> Table:
    """Raises: FormatUnknown for bytes that are no text in any of the encodings."""
    encoding = find_encoding(path)
    with path.open(encoding=encoding, newline="") as text:
        delimiter = find_delimiter(text.read(_SAMPLE))
    return Table(
        "csv",
        "",
        (),
        lambda: checked(records(path, encoding, delimiter)),
        encoding=encoding,
        delimiter=delimiter,
    )


def find_encoding(path: Path) -> str:
    """UTF-8 with or without mark, UTF-16, else GB18030 (which GBK is a part of); the whole file is tried.

    Raises: FormatUnknown.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _proven(path, encoding)
    if b"\0" in head:
        pairs = head[: len(head) // 2 * 2]
        if not pairs:
            raise FormatUnknown("This is not a text file.")
        little = pairs[1::2].count(0) > pairs[::2].count(0)
        return _proven(path, "utf-16-le" if little else "utf-16-be")
    try:
        return _proven(path, "utf-8")
    except FormatUnknown:
        return _proven(path, "gb18030")


def _proven(path: Path, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(1 << 20):
                if "\0" in decoder.decode(chunk):
                    raise FormatUnknown("This is not a text file.", encoding=encoding)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise FormatUnknown("The text is in no encoding we know.", encoding=encoding) from error
    return encoding


def find_delimiter(sample: str) -> str:
    """What parts the columns of the first lines most evenly, outside quotes; a comma when nothing does."""
    lines = [line for line in _unquoted(sample).splitlines()[:50] if line.strip()]
    best, score = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        counts.pop(0, None)
        if not counts:
            continue
        count, often = counts.most_common(1)[0]
        # Evenly first, then by how much it parts; an earlier delimiter wins a tie.
        found = often / len(lines) * 100 + min(count, 50) / 10
        if found > score:
            best, score = delimiter, found
    return best


def _unquoted(sample: str) -> str:
    parts = sample.split('"')
    return '""'.join(parts[::2])


def records(path: Path, encoding: str, delimiter: str) -> Iterator[SheetRow]:
    """Row numbers are those a spreadsheet shows for the file: records, not lines."""
    csv.field_size_limit(CELL_MAX * 4)
    with path.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        number = 0
        while True:
            number += 1
            try:
                cells: list[Cell] = list(next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                raise FileDamaged(f"Row {number} cannot be read.", row=number, because=str(error)) from error
            if number == 1 and delimiter != "\t" and len(cells) == 1 and str(cells[0]).startswith("sep="):
                continue  # a line that Excel writes for itself
            yield SheetRow(number, cells)
