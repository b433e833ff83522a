"""One round of the synchronizer: new rows become segments, the manifest and the watermark commit together.

Reads first, writes last: a transaction that writes holds back every other reader's horizon, so ours stays short.
A row is read when its transaction lies below `platform_horizon`, so that a late commit is never skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
from django.db import connection, transaction

from huiliu.insights import rules
from huiliu.insights.facts import (
    DIMENSION_SOURCES,
    DIMENSION_TABLES,
    FACTS,
    SOURCE_TABLES,
    DimensionTable,
    Fact,
    Window,
    definition,
)
from huiliu.insights.models import Segment, WarehouseState
from huiliu.insights.types import SyncReport
from huiliu.insights.warehouse import files, place, reading
from huiliu.insights.warehouse.files import NewSegment, Rows, Workbench
from huiliu.platform.database import one, system_reach

LOCK = 7202  # of pg_try_advisory_xact_lock: one synchronizer a database
GRACE = timedelta(minutes=10)  # readers that still hold an older list of segments
DIMENSIONS_EVERY = timedelta(seconds=30)
HEARTBEAT = timedelta(seconds=5)  # how often an idle round is written down
SWEEP_EVERY = timedelta(hours=1)
_swept: dict[Path, datetime] = {}


@dataclass
class _Changes:
    """What the round will commit."""

    new: list[NewSegment] = field(default_factory=list)
    retired: set[str] = field(default_factory=set)  # files
    rows: int = 0
    currencies: set[str] = field(default_factory=set)


def sync(*, now: datetime, force_dimensions: bool = False) -> SyncReport:
    """Bring the warehouse up to the database. Safe to call from several processes: one works, the others skip.

    Locks:  an advisory lock until the end; the state row only while the result is written.
    Replay: a crash before the commit leaves files nobody lists; they are swept away later.
    """
    with system_reach("warehouse"):
        WarehouseState.objects.get_or_create(id=1)
    try:
        return _round(now=now, force_dimensions=force_dimensions)
    except (duckdb.ConversionException, duckdb.OutOfRangeException):
        # An amount of thirteen digits: store everything with the wide decimal from now on.
        with system_reach("warehouse"):
            changed = WarehouseState.objects.filter(id=1, is_wide=False).update(is_wide=True, definition="")
        if not changed:
            raise
        return _round(now=now, force_dimensions=force_dimensions)


def _round(*, now: datetime, force_dimensions: bool) -> SyncReport:
    with system_reach("warehouse"):
        if not one("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])[0]:
            state = WarehouseState.objects.get(id=1)
            return SyncReport(True, state.version, 0, False, state.complete_at)
        return _Round(now).run(force_dimensions=force_dimensions)


class _Round:
    """Holds the advisory lock; everything it reads is of one horizon."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.folder = place.folder()
        self.state = WarehouseState.objects.get(id=1)
        low, upcoming, identity = one(
            "SELECT platform_horizon(s), pg_snapshot_xmax(s)::text::bigint,"
            " (SELECT system_identifier::text FROM pg_control_system()) || ':' ||"
            " (SELECT oid::text FROM pg_database WHERE datname = current_database())"
            " FROM (SELECT pg_current_snapshot() AS s) AS now"
        )
        self.low, self.upcoming, self.identity = int(low), int(upcoming), str(identity)
        self.current = list(
            Segment.objects.filter(retired_at=None).values_list(
                "fact", "month", "file", "row_count", "content_hash"
            )
        )
        self.changes = _Changes()

    def run(self, *, force_dimensions: bool) -> SyncReport:
        is_full = self._must_start_over()
        if is_full:
            self.changes.retired |= {file for _, _, file, _, _ in self.current}
            self.current = []
        foreign_until = self._highest_foreign() if is_full else self.state.foreign_until_xid
        window = Window(0 if is_full else self.state.watermark_xid, self.low, self.upcoming, foreign_until)
        seen = self._dimension_counters()
        is_stale = is_full or force_dimensions or self._dimensions_are_due(seen)
        with files.workshop(self.folder) as workbench:
            for fact in FACTS.values():
                self._load(workbench, fact, window)
            if is_stale:
                for table in DIMENSION_TABLES.values():
                    self._load_dimension(workbench, table)
            self._merge(workbench)
        self._remember(window=window, is_full=is_full, seen=seen if is_stale else None)
        self._clean()
        return SyncReport(False, self.state.version, self.changes.rows, is_full, self.state.complete_at)

    def _must_start_over(self) -> bool:
        """Another cluster or database (restored), other columns, or files that are gone."""
        if self.state.identity != self.identity or self.state.definition != definition():
            return True
        if self.folder in _swept:
            return False
        return any(not (self.folder / file).exists() for _, _, file, _, _ in self.current)

    def _highest_foreign(self) -> int:
        """The highest id among restored rows: until ours pass it, new rows are told apart by their key."""
        tables = " UNION ALL ".join(
            f"SELECT max(row_xid) FROM {table} WHERE row_xid >= {self.upcoming:d}" for table in SOURCE_TABLES
        )
        return int(one(f"SELECT coalesce(max(max), 0) FROM ({tables}) AS highest")[0])

    # --- facts ---------------------------------------------------------------------------------------------

    def _load(
        self,
        workbench: Workbench,
        fact: Fact,
        window: Window,
    ) -> None:
        if 0 < window.lo >= window.hi:
            return
        rows = reading.read_rows(
            workbench, fact=fact, sql=window.sql_of(fact.sql), is_wide=self.state.is_wide
        )
        if rows is None:
            return
        where = "true"
        if fact.replaced_by:
            self._take_out(workbench, rows)
            where = "is_counted"
        elif 0 < window.lo <= window.foreign_until and self._paths(fact.name):
            keys = " AND ".join(f"known.{column} = fresh.{column}" for column in fact.key)
            rows.relation = (
                f"(SELECT * FROM {rows.relation} fresh WHERE NOT EXISTS"
                f" (SELECT 1 FROM {files.parquet_relation(self._paths(fact.name))} known WHERE {keys}))"
            )
        new = files.write_months(workbench, rows, folder=self.folder, where=where)
        self.changes.new += new
        self.changes.rows += sum(segment.row_count for segment in new)
        if "currency" in fact.column_names():
            found = workbench.execute(f"SELECT DISTINCT currency FROM {rows.relation}").fetchall()
            self.changes.currencies |= {currency for (currency,) in found}
        for part in rows.parts:
            part.unlink(missing_ok=True)

    def _paths(self, fact: str) -> list[Path]:
        return [
            self.folder / file
            for name, _, file, _, _ in self.current
            if name == fact and file not in self.changes.retired
        ]

    def _take_out(self, workbench: Workbench, rows: Rows) -> None:
        """Rewrite the segments that hold older rows of the same documents, without them."""
        paths = self._paths(rows.fact.name)
        if not paths:
            return
        column = rows.fact.replaced_by
        news = f"(SELECT DISTINCT {column} FROM {rows.relation})"
        touched = workbench.execute(
            f"SELECT DISTINCT filename FROM read_parquet({files.path_list(paths)}, filename=true)"
            f" WHERE {column} IN {news}"
        ).fetchall()
        for (name,) in touched:
            path = Path(name)
            file = str(path.relative_to(self.folder))
            month = next(month for _, month, known, _, _ in self.current if known == file)
            kept = files.write_segment(
                workbench,
                fact=rows.fact.name,
                month=month,
                source=f"{files.parquet_relation([path])} WHERE {column} NOT IN {news}",
                folder=self.folder,
            )
            self.changes.retired.add(file)
            if kept.row_count:
                self.changes.new.append(kept)

    def _merge(self, workbench: Workbench) -> None:
        """Turn many small segments of a month into one; the answers do not change."""
        pieces = [
            rules.Piece(file, fact, month, count)
            for fact, month, file, count, _ in self.current
            if month is not None and file not in self.changes.retired
        ]
        pieces += [
            rules.Piece(segment.file, segment.fact, segment.month, segment.row_count)
            for segment in self.changes.new
            if segment.month is not None
        ]
        for group in rules.to_merge(pieces):
            merged = files.write_segment(
                workbench,
                fact=group[0].fact,
                month=group[0].month,
                source=files.parquet_relation([self.folder / piece.file for piece in group]),
                folder=self.folder,
            )
            gone = {piece.file for piece in group}
            never_listed = gone & {segment.file for segment in self.changes.new}
            _delete(self.folder / file for file in never_listed)
            self.changes.new = [segment for segment in self.changes.new if segment.file not in gone]
            self.changes.retired |= gone & {file for _, _, file, _, _ in self.current}
            self.changes.new.append(merged)

    # --- dimensions ----------------------------------------------------------------------------------------

    def _dimension_counters(self) -> str:
        """Changes when the small tables do, without reading them: PostgreSQL counts the rows written."""
        row = one(
            "SELECT string_agg(relname || n_tup_ins || '/' || n_tup_upd || '/' || n_tup_del, ' ' ORDER BY relname)"
            " FROM pg_stat_user_tables WHERE relname = ANY(%s)",
            [list(DIMENSION_SOURCES)],
        )
        return str(row[0])

    def _dimensions_are_due(self, seen: str) -> bool:
        checked = self.state.dimensions_checked_at
        return seen != self.state.dimensions_seen or checked is None or self.now - checked >= DIMENSIONS_EVERY

    def _load_dimension(self, workbench: Workbench, table: DimensionTable) -> None:
        csv = workbench.work / f"{table.name}.csv"
        digest = reading.read_dimension(sql=table.sql, path=csv).hex()
        name = f"dim_{table.name}"
        known = [(file, content) for fact, _, file, _, content in self.current if fact == name]
        if [content for _, content in known] == [digest]:
            return
        self.changes.new.append(
            files.write_segment(
                workbench,
                fact=name,
                month=None,
                source=files.csv_relation([csv], files.types_of(table.columns, is_wide=False)),
                folder=self.folder,
                order="id",
                content_hash=digest,
            )
        )
        self.changes.retired |= {file for file, _ in known}

    # --- the manifest --------------------------------------------------------------------------------------

    def _remember(self, *, window: Window, is_full: bool, seen: str | None) -> None:
        state, changes = self.state, self.changes
        horizons = rules.remember_horizon(
            [(int(xid), datetime.fromisoformat(at)) for xid, at in ([] if is_full else state.horizons)],
            upcoming=self.upcoming,
            now=self.now,
            watermark=window.hi,
        )
        is_idle = not changes.new and not changes.retired and seen is None
        if is_idle and state.updated_at and self.now - state.updated_at < HEARTBEAT:
            return
        if changes.new or changes.retired:
            state.version += 1
        Segment.objects.filter(file__in=changes.retired).update(retired_at=self.now)
        Segment.objects.bulk_create(
            Segment(
                id=segment.id,
                fact=segment.fact,
                month=segment.month,
                file=segment.file,
                row_count=segment.row_count,
                content_hash=segment.content_hash,
                added_version=state.version,
            )
            for segment in changes.new
        )
        state.identity, state.definition = self.identity, definition()
        state.watermark_xid, state.foreign_until_xid = window.hi, window.foreign_until
        state.horizons = [[xid, at.isoformat()] for xid, at in horizons]
        state.complete_at = rules.complete_at(horizons, watermark=window.hi) or state.complete_at
        state.currencies = sorted(({*state.currencies} if not is_full else set()) | changes.currencies)
        if seen is not None:
            state.dimensions_seen, state.dimensions_checked_at = seen, self.now
        state.updated_at = self.now
        state.save()

    def _clean(self) -> None:
        """Delete what no reader can hold any more, and files that a crash left without a place in the list."""
        last = _swept.get(self.folder)
        if last is not None and self.now - last < GRACE / 10:
            return
        is_first = last is None or self.now - last >= SWEEP_EVERY
        _swept[self.folder] = self.now
        gone = list(Segment.objects.filter(retired_at__lt=self.now - GRACE).values_list("id", "file"))
        Segment.objects.filter(id__in=[id_ for id_, _ in gone]).delete()
        paths: Iterable[Path] = [self.folder / file for _, file in gone]
        if is_first:
            paths = [*paths, *self._orphans()]
        # After the commit: a rollback must find its files again.
        transaction.on_commit(lambda: _delete(paths))

    def _orphans(self) -> list[Path]:
        listed = set(Segment.objects.values_list("file", flat=True))
        new = {segment.file for segment in self.changes.new}
        before = (self.now - GRACE).timestamp()
        return [
            path
            for path in self.folder.rglob("*.parquet")
            if str(path.relative_to(self.folder)) not in listed | new and path.stat().st_mtime < before
        ]


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Remove a database's warehouse from the disk: it is loaded anew at the next round."""
    _swept.pop(folder, None)
    shutil.rmtree(folder, ignore_errors=True)


def highest_lag() -> int:
    """How many transaction ids the watermark is behind: a long writing transaction shows here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint - watermark_xid FROM insights_warehouse"
        )
        row = cursor.fetchone()
        return int(row[0]) if row else 0
