"""Writing and merging Parquet segments with DuckDB. Knows nothing of PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import duckdb

from huiliu.insights.facts import AMOUNT, Fact
from huiliu.kernel.ids import uuid7

#: numeric(20,6) fits DECIMAL(18,6) unless a single line is worth a million millions; 64-bit sums are twice as fast.
NARROW, WIDE = "DECIMAL(18,6)", "DECIMAL(20,6)"


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A file that was written but is not in the manifest yet."""

    id: UUID
    fact: str
    month: date | None
    file: str
    row_count: int
    content_hash: str = ""


@dataclass
class Rows:
    """Rows of one fact on their way into segments: a relation DuckDB can read, in memory or on disk."""

    fact: Fact
    relation: str
    row_count: int
    parts: list[Path] = field(default_factory=list)


def types_of(columns: Iterable[tuple[str, str]], *, is_wide: bool) -> dict[str, str]:
    """Column types for DuckDB."""
    return {name: (WIDE if is_wide else NARROW) if kind == AMOUNT else kind for name, kind in columns}


class Workbench:
    """A DuckDB with bounded memory that exists only when a round has something to do."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self._connection: duckdb.DuckDBPyConnection | None = None

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = duckdb.connect(
                config={
                    "threads": 2,
                    "memory_limit": "900MB",
                    "temp_directory": str(self.work),
                    "preserve_insertion_order": False,
                }
            )
        return self._connection.execute(sql)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()


@contextmanager
def workshop(folder: Path) -> Iterator[Workbench]:
    """A workbench in a folder of its own that is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".work-", dir=folder) as work:
        bench = Workbench(Path(work))
        try:
            yield bench
        finally:
            bench.close()


def csv_relation(paths: list[Path], types: dict[str, str]) -> str:
    """CSV as PostgreSQL's COPY writes it: an unquoted nothing is null, a quoted one is the empty text."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    return (
        f"read_csv({path_list(paths)}, auto_detect=false, header=false, delim=',', quote='\"', escape='\"',"
        f" nullstr='', allow_quoted_nulls=false, strict_mode=true, max_line_size=1000000, columns={{{columns}}})"
    )


def parquet_relation(paths: Iterable[Path]) -> str:
    return f"read_parquet({path_list(list(paths))})"


def path_list(paths: list[Path]) -> str:
    return "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"


def write_months(workbench: Workbench, rows: Rows, *, folder: Path, where: str = "true") -> list[NewSegment]:
    """One sorted segment for each month among the rows."""
    source = f"(SELECT * FROM {rows.relation} WHERE {where})"
    months = workbench.execute(
        f"SELECT DISTINCT date_trunc('month', date)::date FROM {source} ORDER BY 1"
    ).fetchall()
    return [
        write_segment(
            workbench,
            fact=rows.fact.name,
            month=month,
            source=source
            if len(months) == 1
            else f"{source} WHERE date_trunc('month', date) = DATE '{month}'",
            folder=folder,
        )
        for (month,) in months
    ]


def write_segment(
    workbench: Workbench,
    *,
    fact: str,
    month: date | None,
    source: str,
    folder: Path,
    order: str = "date, partner_id",
    content_hash: str = "",
) -> NewSegment:
    """Write one file and force it to the disk: the manifest will promise that it is there."""
    segment_id = uuid7()
    name = f"{fact}/{month:%Y-%m}/{segment_id}.parquet" if month else f"{fact}/{segment_id}.parquet"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    row = workbench.execute(
        f"COPY (SELECT * FROM {source} ORDER BY {order}) TO '{str(path).replace(chr(39), chr(39) * 2)}'"
        " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    ).fetchone()
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return NewSegment(segment_id, fact, month, name, int(row[0]) if row else 0, content_hash)
