"""Parquet, as other systems hand over large tables: batches of typed columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from huiliu.integrations.errors import FileDamaged, FileTooLarge
from huiliu.integrations.importing.cells import Cell, number_of
from huiliu.integrations.importing.tables import COLUMNS_MAX, ROWS_MAX, SheetRow, Table, checked

_BATCH_ROWS = 2_000


def open_parquet(path: Path) -> Table:
    """Its names are row 1, its first record row 2, as the same table has in a spreadsheet.

    Raises: FileDamaged, FileTooLarge.
    """
    try:
        about = pq.ParquetFile(path)
        names, rows = about.schema_arrow.names, about.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise FileDamaged("This is not a whole Parquet file.", because=str(error)[:200]) from error
    if len(names) > COLUMNS_MAX:
        raise FileTooLarge(f"More than {COLUMNS_MAX} columns.", limit=COLUMNS_MAX)
    if rows > ROWS_MAX:
        raise FileTooLarge(f"More than {ROWS_MAX} rows.", limit=ROWS_MAX)
    return Table("parquet", "", (), lambda: checked(_rows(path, names), rows_max=ROWS_MAX + 1))


def _rows(path: Path, names: list[str]) -> Iterator[SheetRow]:
    yield SheetRow(1, list(names))
    number = 1
    try:
        for batch in pq.ParquetFile(path).iter_batches(_BATCH_ROWS):
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                number += 1
                yield SheetRow(number, [_cell(value) for value in values])
    except (pa.ArrowException, OSError) as error:
        raise FileDamaged(f"Row {number + 1} cannot be read.", because=str(error)[:200]) from error


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | bool | date | datetime | time | Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return number_of(repr(value)) if value == value and abs(value) != float("inf") else None  # noqa: PLR0124
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)
