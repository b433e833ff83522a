"""A file as rows of cells, whatever its format; read as often as needed, never held as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from huiliu.integrations.errors import CellTooLong, FileTooLarge
from huiliu.integrations.importing.cells import Broken, Cell

ROWS_MAX: Final = 200_000
COLUMNS_MAX: Final = 256
BYTES_MAX: Final = 100 * 1024 * 1024
#: What a file may unpack to: a sheet of 200,000 rows by 40 columns needs about a quarter of it.
UNPACKED_MAX: Final = 1024 * 1024 * 1024
CELL_MAX: Final = 32_767  # what a spreadsheet holds in a cell


class SheetRow(NamedTuple):
    """One row; `number` is what the user's program shows at its left side, cells begin at column A."""

    number: int
    cells: list[Cell]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a file. `rows` starts anew on each call; rows without any content are left out."""

    format: str  # "csv", "xlsx" or "parquet"
    sheet: str
    sheets: tuple[str, ...]
    rows: Callable[[], Iterator[SheetRow]]
    encoding: str = ""
    delimiter: str = ""


def column_letters(index: int) -> str:
    """The name of a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(column: int, row: int) -> str:
    """How people name a cell: B7."""
    return f"{column_letters(column)}{row}"


def checked(rows: Iterator[SheetRow], *, rows_max: int = ROWS_MAX) -> Iterator[SheetRow]:
    """The rows with content, within the limits.

    Raises: FileTooLarge (facts: limit, row), CellTooLong (facts: cell).
    """
    seen = 0
    for row in rows:
        while row.cells and row.cells[-1] in (None, ""):
            row.cells.pop()
        if not row.cells:
            continue
        seen += 1
        if seen > rows_max:
            raise FileTooLarge(f"More than {rows_max} rows.", limit=rows_max, row=row.number)
        if len(row.cells) > COLUMNS_MAX:
            raise FileTooLarge(f"More than {COLUMNS_MAX} columns.", limit=COLUMNS_MAX, row=row.number)
        for column, cell in enumerate(row.cells):
            text = cell.text if isinstance(cell, Broken) else cell
            if isinstance(text, str) and len(text) > CELL_MAX:
                raise CellTooLong(
                    f"{address(column, row.number)} has {len(text)} characters.",
                    cell=address(column, row.number),
                    limit=CELL_MAX,
                )
        yield row
