"""From PostgreSQL to rows DuckDB can read: COPY, streamed through CSV of bounded size."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from huiliu.insights.facts import Fact
from huiliu.insights.warehouse.files import Rows, Workbench, csv_relation, parquet_relation, types_of

#: Rows of CSV that lie on the disk at a time; a bulk load of millions becomes parts of this size.
PART_ROWS = 500_000


def read_rows(workbench: Workbench, *, fact: Fact, sql: str, is_wide: bool) -> Rows | None:
    """The rows of the query, or None when there are none.

    Memory: one row at a time here; DuckDB's limit while a part is turned into Parquet.
    Raises: duckdb.ConversionException when an amount does not fit the narrow decimal.
    """
    types = types_of(fact.columns, is_wide=is_wide)
    parts: list[Path] = []
    total = count = 0
    csv = workbench.work / f"{fact.name}-0.csv"
    file = csv.open("wb")
    try:
        with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as copy:
            for block in copy:
                file.write(block)
                count += 1
                if count >= PART_ROWS:
                    file.close()
                    parts.append(_as_parquet(workbench, csv, types))
                    total, count = total + count, 0
                    csv = workbench.work / f"{fact.name}-{len(parts)}.csv"
                    file = csv.open("wb")
    finally:
        file.close()
    if not parts:
        return Rows(fact, csv_relation([csv], types), count) if count else None
    if count:
        parts.append(_as_parquet(workbench, csv, types))
    return Rows(fact, parquet_relation(parts), total + count, parts)


def _as_parquet(workbench: Workbench, csv: Path, types: dict[str, str]) -> Path:
    part = csv.with_suffix(".parquet")
    workbench.execute(f"COPY (SELECT * FROM {csv_relation([csv], types)}) TO '{part}' (FORMAT parquet)")
    csv.unlink()
    return part


def read_dimension(*, sql: str, path: Path) -> bytes:
    """Write the query's rows as CSV to `path` and return a digest of them."""
    import hashlib

    digest = hashlib.sha256()
    with (
        path.open("wb") as file,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as copy,
    ):
        for block in copy:
            file.write(block)
            digest.update(block)
    return digest.digest()
