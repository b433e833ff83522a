"""The readers' DuckDB: one in memory for each process and database, with views over the current segments."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

from huiliu.insights.dimensions import SKU_LOOKUPS
from huiliu.insights.errors import WarehouseNotReady
from huiliu.insights.facts import DIMENSION_TABLES, FACTS
from huiliu.insights.warehouse import files, place
from huiliu.platform.database import one

MEMORY = "512MB"
THREADS = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of the warehouse as one cheap read gives it."""

    identity: str  # of the database: a restored one counts its versions anew
    version: int
    complete_at: datetime | None
    currencies: tuple[str, ...]


@dataclass
class _Engine:
    folder: Path
    database: duckdb.DuckDBPyConnection
    lock: threading.Lock = field(default_factory=threading.Lock)
    identity: str = ""
    version: int = -1
    loaded: dict[str, tuple[str, ...]] = field(default_factory=dict)


_engines: dict[Path, _Engine] = {}
_guard = threading.Lock()


def _engine() -> _Engine:
    folder = place.folder()
    with _guard:
        found = _engines.get(folder)
        if found is None:
            database = duckdb.connect(
                config={
                    "threads": THREADS,
                    "memory_limit": MEMORY,
                    "temp_directory": str(folder / ".spill"),
                    "autoinstall_known_extensions": False,
                    "autoload_known_extensions": False,
                }
            )
            database.execute("SET parquet_metadata_cache = true")  # segments never change
            found = _engines[folder] = _Engine(folder, database)
        return found


def manifest() -> Manifest:
    """Version, freshness and currencies; every reach may read them.

    Raises: WarehouseNotReady before the first load.
    """
    row = one("SELECT identity, version, complete_at, currencies FROM insights_warehouse WHERE id = 1")
    if row is None or row[1] == 0:
        raise WarehouseNotReady("The first load of the figures is still running.")
    return Manifest(str(row[0]), int(row[1]), row[2], tuple(row[3]))


def cursor() -> tuple[duckdb.DuckDBPyConnection, Manifest]:
    """A connection of its own on the process's engine, with views of the version it names.

    Raises: WarehouseNotReady.
    """
    engine = _engine()
    known = manifest()
    if _is_behind(engine, known):
        with engine.lock:
            if _is_behind(engine, known):
                _refresh(engine, known)
    return engine.database.cursor(), known


def _is_behind(engine: _Engine, known: Manifest) -> bool:
    return engine.version < known.version or engine.identity != known.identity


def _refresh(engine: _Engine, known: Manifest) -> None:
    """Point the views at the current segments; queries that run keep the list they began with."""
    segments: dict[str, list[str]] = {}
    with connection.cursor() as db:
        db.execute("SELECT fact, file FROM insights_segment WHERE retired_at IS NULL ORDER BY month, file")
        for fact, file in db.fetchall():
            segments.setdefault(fact, []).append(file)
    change = engine.database.cursor()
    try:
        change.execute("BEGIN")
        for fact in FACTS.values():
            listed = tuple(segments.get(fact.name, ()))
            if engine.loaded.get(fact.table) != listed:
                change.execute(_fact_view(engine, fact.table, fact.columns, listed))
        for table in DIMENSION_TABLES.values():
            name = f"dim_{table.name}"
            listed = tuple(segments.get(name, ()))
            if engine.loaded.get(name) != listed:
                _load_dimension(engine, change, name, table.columns, listed)
        change.execute("COMMIT")
    except duckdb.IOException as error:
        change.execute("ROLLBACK")
        raise WarehouseNotReady("A file of the figures is missing; it is being made anew.") from error
    finally:
        change.close()
    engine.loaded = {fact.table: tuple(segments.get(fact.name, ())) for fact in FACTS.values()} | {
        f"dim_{name}": tuple(segments.get(f"dim_{name}", ())) for name in DIMENSION_TABLES
    }
    engine.identity, engine.version = known.identity, known.version


def _source(engine: _Engine, columns: Any, listed: tuple[str, ...]) -> str:
    if listed:
        return "SELECT * FROM " + files.parquet_relation(engine.folder / file for file in listed)
    types = files.types_of(columns, is_wide=False)
    nothing = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in types.items())
    return f"SELECT {nothing} WHERE false"


def _fact_view(engine: _Engine, name: str, columns: Any, listed: tuple[str, ...]) -> str:
    return f"CREATE OR REPLACE VIEW {name} AS {_source(engine, columns, listed)}"


def _load_dimension(
    engine: _Engine, change: duckdb.DuckDBPyConnection, name: str, columns: Any, listed: tuple[str, ...]
) -> None:
    """Dimensions are small and asked for in every query: they live in memory."""
    change.execute(f"CREATE OR REPLACE TABLE {name} AS {_source(engine, columns, listed)}")
    if name != "dim_sku":
        return
    for lookup, (code, label) in SKU_LOOKUPS.items():
        change.execute(
            f"CREATE OR REPLACE TABLE dim_{lookup} AS SELECT {code} AS code, any_value({label}) AS name"
            f" FROM dim_sku WHERE {code} IS NOT NULL GROUP BY 1"
        )


def forget(folder: Path) -> None:
    """Close the engine of a folder: after its database is gone."""
    with _guard:
        found = _engines.pop(folder, None)
    if found is not None:
        found.database.close()
