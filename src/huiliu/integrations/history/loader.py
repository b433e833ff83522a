"""One history load: masters, documents, ledger and events, all in one transaction of the owner."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import duckdb
import psycopg

from huiliu.integrations.history import documents, flows, happened, masters, parcels, receipts, returns
from huiliu.integrations.history.documents import HistoryOptions
from huiliu.integrations.history.numbers import give_numbers
from huiliu.integrations.history.staging import StagingTotals, totals
from huiliu.ledger import bulk

CHUNK = 1 << 20
LARGE = 200_000  # order lines
#: Beside the ledger's: tables whose indexes a large load builds at its end, of the long ones the keys, too.
REBUILT = ("orders_order", "orders_shipment", "platform_event")
KEYS_REBUILT = ("orders_line", "orders_shipment_line")
#: Tables whose figures the planner needs at once, in two halves that take about as long.
ANALYZED = ("orders_order, orders_line", "orders_shipment_line, ledger_account, ledger_transfer")
Progress = Callable[[str, float], None]
T = TypeVar("T")


@dataclass(slots=True)
class LoadReport:
    """What a load wrote, and how long its parts took."""

    totals: StagingTotals
    orders: int = 0
    lines: int = 0
    transfers: int = 0
    orders_known: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def lines_per_second(self) -> float:
        """Order lines over the time from staged rows to commit."""
        spent = sum(self.seconds.values())
        return self.lines / spent if spent else 0.0


def load_history(
    *,
    owner_url: str,
    staging: duckdb.DuckDBPyConnection,
    options: HistoryOptions,
    progress: Progress | None = None,
) -> LoadReport:
    """Write the staged history; what stands already (by source key) is left alone.

    Locks:  nobody else posts to the ledger until it commits.
    Replay: the same history again adds nothing.
    """
    report = LoadReport(totals(staging))
    clock = _Clock(report, progress)
    with psycopg.connect(owner_url) as pg:
        pg.execute("SET synchronous_commit = off")
        pg.execute("SET maintenance_work_mem = '512MB'")
        with clock("masters"):
            masters.load_organizations(pg, staging, timezone=options.timezone, now=options.now)
            masters.load_skus(pg, staging, now=options.now)
        with clock("documents"):
            documents.build_orders(staging, options)
            known = [str(row[0]) for row in pg.execute("SELECT id FROM orders_order").fetchall()]
            report.orders_known = documents.drop_known(staging, known)
            parcels.build_parcels(staging, options)
            give_numbers(
                *(pg, staging),
                type="order",
                table="h_order",
                seller="seller_id",
                day="business_date",
                order="position",
            )
            returns.build_returns(staging, options)
            receipts.build_receipts(staging, options)
            _forget_known(pg, staging)
            _give_numbers(pg, staging, options)
        report.orders = _count(staging, "h_order")
        report.lines = _count(staging, "h_detail")
        rebuild = report.lines > max(LARGE, _standing(pg))
        definitions = []
        if rebuild:
            definitions = bulk.drop_indexes(pg, REBUILT) + bulk.drop_indexes(pg, KEYS_REBUILT, keys=True)
        with bulk.loading(pg, rebuild_indexes=rebuild, summed=True) as load:
            with tempfile.TemporaryDirectory() as directory:
                report.transfers = _copy_all(pg, load, staging, options, Path(directory), clock)
            staging.execute("DROP TABLE h_transfer")
            settling = clock("settle")
            settling.__enter__()
            for definition in definitions:
                pg.execute(definition)
        pg.commit()
        settling.__exit__()
    with clock("analyze"), ThreadPoolExecutor() as threads:
        list(threads.map(lambda tables: _analyze(owner_url, tables), ANALYZED))
    return report


def _analyze(owner_url: str, tables: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as pg:
        pg.execute(f"ANALYZE {tables}")


def _forget_known(pg: psycopg.Connection, db: duckdb.DuckDBPyConnection) -> None:
    """Returns, openings, sell-out and receipts that were posted by an earlier load of the same source."""
    known = [str(row[0]) for row in pg.execute("SELECT id FROM orders_return").fetchall()]
    if known:
        db.execute("CREATE OR REPLACE TABLE h_known_return AS SELECT unnest(?::VARCHAR[]) AS id", [known])
        db.execute(
            "DELETE FROM h_return_detail WHERE return_key IN (SELECT return_key FROM h_return_head WHERE id IN (SELECT id FROM h_known_return))"
        )
        db.execute("DELETE FROM h_return_head WHERE id IN (SELECT id FROM h_known_return)")
    row = pg.execute(
        "SELECT count(*) FROM ledger_entry WHERE source_type IN ('opening', 'sell_out', 'receipt')"
    ).fetchone()
    if row and row[0] and _count(db, "h_order") == 0:
        for table in ("h_opening", "h_sell_out", "h_receipt_head"):
            db.execute(f"DELETE FROM {table}")


def _give_numbers(pg: psycopg.Connection, db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    """Documents that the source gives no number get ours; what is delivered at once has no shipment of its own."""
    own = "'H' || o.number" if options.mode == "delivered" else "''"
    db.execute(
        f"CREATE OR REPLACE TABLE h_shipment AS SELECT s.*, {own} AS number, o.seller_id, o.position"
        " FROM h_shipment s JOIN h_order o USING (order_key)"
    )
    give_numbers(
        *(pg, db),
        type="shipment",
        table="h_shipment",
        seller="seller_id",
        day="business_date",
        order="shipped_at, position, parcel",
    )
    give_numbers(
        pg,
        db,
        type="return",
        table="h_return_head",
        seller="seller_id",
        day="business_date",
        order="position",
    )
    give_numbers(
        pg,
        db,
        type="receipt",
        table="h_receipt_head",
        seller="seller_id",
        day="value_date",
        order='"at", key',
    )


def _copy_all(
    pg: psycopg.Connection,
    load: bulk.Load,
    db: duckdb.DuckDBPyConnection,
    options: HistoryOptions,
    directory: Path,
    clock: _Clock,
) -> int:
    """Every table, documents first; returns how many transfers there are."""
    written = [
        _table("orders_order", documents.ORDER_COLUMNS, documents.orders_sql(options)),
        _table("orders_line", documents.LINE_COLUMNS, documents.LINES_SQL),
        _table("orders_shipment", documents.SHIPMENT_COLUMNS, documents.shipments_sql(options)),
        _table("orders_shipment_line", documents.SHIPMENT_LINE_COLUMNS, documents.SHIPMENT_LINES_SQL),
        _table("orders_return", returns.RETURN_COLUMNS, returns.returns_sql(options)),
        _table("orders_return_line", returns.RETURN_LINE_COLUMNS, returns.RETURN_LINES_SQL),
        _table("orders_receipt_difference", parcels.DIFFERENCE_COLUMNS, parcels.DIFFERENCES_SQL),
        _table("orders_cancellation_line", parcels.CANCELLATION_COLUMNS, parcels.cancellations_sql(options)),
        _table("platform_event", happened.EVENT_COLUMNS, happened.events_sql(options)),
    ]
    posted = [
        _Csv("ledger_account", flows.ACCOUNTS_SQL),
        _Csv("ledger_delta", flows.DELTAS_SQL),
        _Csv("ledger_entry", flows.entries_sql(options)),
        _Csv("ledger_transfer", flows.TRANSFERS_SQL),
        _Csv("ledger_hold", flows.OPEN_HOLDS_SQL),
        # A receipt names its entry.
        _table("receivables_receipt", receipts.RECEIPT_COLUMNS, receipts.receipts_sql(options)),
    ]
    known = flows.standing(pg, load, options)

    def copy_in(files: list[tuple[_Csv, Future[Path]]]) -> None:
        for table, file in files:
            with clock(table.name):
                path = file.result()
                if table.copy:
                    with pg.cursor() as cursor, cursor.copy(table.copy) as copy:
                        for chunk in _chunks(path):
                            copy.write(chunk)
                else:
                    load.copy_csv(table.name, _chunks(path))  # type: ignore[arg-type]

    # While PostgreSQL takes in one table, DuckDB writes the next or works out the ledger's rows: each has a core.
    with _Ahead(db, directory) as ahead:
        first = [(table, ahead.write(table)) for table in written]
        built = ahead.do(lambda own: flows.build_ledger(own, options, known))
        then = [(table, ahead.write(table)) for table in posted]
        copy_in(first)
        with clock("ledger rows"):
            counts = built.result()
        load.account_ids(counts.accounts)
        load.entry_ids(counts.entries)
        load.transfer_ids(counts.transfers)
        copy_in(then)
    return counts.transfers


@dataclass(frozen=True, slots=True)
class _Csv:
    """A table, the query of its rows, and how they are copied ("" = as the ledger's loader does)."""

    name: str
    sql: str
    copy: str = ""


def _table(name: str, columns: str, sql: str) -> _Csv:
    """A table of documents: rows of `sql` in the order of `columns`."""
    return _Csv(name, sql, f"COPY {name} ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')")


class _Ahead:
    """DuckDB's work in the order asked, in a thread of its own; what has not begun when the block ends never does."""

    def __init__(self, db: duckdb.DuckDBPyConnection, directory: Path) -> None:
        self._db, self._directory = db, directory
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> _Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    def do(self, work: Callable[[duckdb.DuckDBPyConnection], T]) -> Future[T]:
        def run() -> T:
            with self._db.cursor() as own:  # another thread, another connection of the same database
                own.execute("SET TimeZone = 'UTC'")
                return work(own)

        return self._thread.submit(run)

    def write(self, table: _Csv) -> Future[Path]:
        """The rows of a query as a file of CSV, written by DuckDB with all its threads."""
        path = self._directory / f"{table.name}.csv"
        # An empty text that equals the null string is quoted by DuckDB, so the two stay apart.
        null = "\\N" if table.copy else ""

        def copy(db: duckdb.DuckDBPyConnection) -> Path:
            db.execute(f"COPY ({table.sql}) TO '{path}' (FORMAT csv, HEADER false, NULLSTR '{null}')")
            return path

        return self.do(copy)


def _chunks(path: Path) -> Iterator[bytes]:
    """A file in pieces; it is gone afterwards."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
    path.unlink()


def _standing(pg: psycopg.Connection) -> int:
    """About how many order lines there are."""
    row = pg.execute(
        "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'orders_line'::regclass"
    )
    return int((row.fetchone() or [0])[0])


def _count(db: duckdb.DuckDBPyConnection, table: str) -> int:
    row = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


class _Clock:
    """Times the parts of a load and tells whoever watches."""

    def __init__(self, report: LoadReport, progress: Progress | None) -> None:
        self.report, self.progress = report, progress
        self.name, self.started = "", 0.0

    def __call__(self, name: str) -> _Clock:
        self.name = name
        return self

    def __enter__(self) -> None:
        self.started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        spent = time.perf_counter() - self.started
        self.report.seconds[self.name] = round(self.report.seconds.get(self.name, 0.0) + spent, 2)
        if self.progress:
            self.progress(self.name, spent)
