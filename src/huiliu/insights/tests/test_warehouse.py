"""What the warehouse promises: every committed row once, whatever commits late, crashes or runs twice."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from huiliu.access.models import Organization
from huiliu.catalog.models import Sku
from huiliu.insights import services
from huiliu.insights.errors import WarehouseNotReady
from huiliu.insights.facts import FACTS
from huiliu.insights.models import Segment, WarehouseState
from huiliu.insights.warehouse import engine, reading, sync
from huiliu.orders.models import Return
from huiliu.platform.database import system_reach
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.databases import on_threads
from huiliu.testing.insights import Item, a_return, a_shipment, a_sku, an_order, at, synchronized

DAY = date(2026, 6, 1)


@pytest.fixture
def pair(warehouse: Path) -> tuple[Organization, Organization, Sku]:
    with system_reach("tests"):
        brand = a_brand()
        return brand, an_organization(parent=brand), a_sku()


def order(pair: tuple[Organization, Organization, Sku], amount: str = "10.00", day: date = DAY):
    brand, dealer, sku = pair
    with system_reach("tests"):
        return an_order(seller=brand, buyer=dealer, day=day, items=[Item(sku, "1", amount)])


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def seen(sql: str = "SELECT count(*), sum(gross_amount) FROM fact_ordered") -> tuple[Any, ...]:
    with system_reach("tests"):
        cursor, _ = engine.cursor()
        found = cursor.execute(sql).fetchone()
        cursor.close()
    return found or ()


def files(warehouse: Path) -> set[str]:
    return {str(path.relative_to(warehouse)) for path in warehouse.rglob("*.parquet")}


def test_before_the_first_load_figures_are_refused_not_zero(warehouse: Path):
    with system_reach("tests"), pytest.raises(WarehouseNotReady):
        engine.manifest()


def test_an_order_is_seen_once_after_the_next_round_and_an_idle_round_changes_nothing(pair, warehouse: Path):
    order(pair)
    first = synchronized(later(0))
    assert (first.is_full, first.rows, seen()[0]) == (True, 2, 1)  # the order and its line

    order(pair, "2.50")
    second = synchronized(later(1))
    third = synchronized(later(2))

    assert (second.is_full, second.rows, second.version) == (False, 2, first.version + 1)
    assert (third.rows, third.version) == (0, second.version)
    assert [str(value) for value in seen()] == ["2", "12.500000"]


def test_a_late_commit_is_never_skipped(pair, warehouse: Path):
    synchronized(later(0))
    open_, closed = threading.Event(), threading.Event()

    def slow() -> None:
        with system_reach("tests"):
            brand, dealer, sku = pair
            an_order(seller=brand, buyer=dealer, day=DAY, items=[Item(sku, "1", "7.00")])
            open_.set()
            closed.wait(20)

    with on_threads(slow) as [writer]:
        assert open_.wait(10)
        order(pair, "1.00")  # younger, but committed first
        held_back = services.sync_warehouse(now=later(1))
        still = services.sync_warehouse(now=later(2))
        closed.set()
        writer.result(20)
    after = synchronized(later(3))

    # The younger order waits for the older one, and the freshness says so.
    assert (held_back.rows, still.rows, after.rows) == (0, 0, 4)
    assert still.complete_at == later(0)
    assert after.complete_at == later(3)
    assert [str(value) for value in seen()] == ["2", "8.000000"]


def test_concurrent_writers_lose_nothing_and_nothing_comes_twice(pair, warehouse: Path):
    synchronized(later(0))
    done = threading.Event()

    def write(number: int) -> None:
        for turn in range(12):
            order(pair, f"{number}.{turn:02d}", day=date(2026, 1 + turn % 6, 1 + number))

    def synchronize() -> None:
        round_ = 0
        while not done.is_set():
            round_ += 1
            services.sync_warehouse(now=later(round_))

    writers = [partial(write, number) for number in range(1, 5)]
    with on_threads(*writers, synchronize, synchronize) as running:
        try:
            for writer in running[:4]:
                writer.result(60)
        finally:
            done.set()
    synchronized(later(1000))

    with system_reach("tests"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(gross_amount) FROM orders_line")
        truth = cursor.fetchone()
    assert truth[0] == 48
    assert seen() == truth
    distinct = "SELECT count(DISTINCT document_id), sum(gross_amount) FROM fact_ordered"
    assert seen(distinct)[0] == 48


def test_while_one_synchronizer_works_the_other_leaves_at_once(pair, warehouse: Path):
    order(pair)
    with psycopg.connect(_address()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sync.LOCK])
        skipped = services.sync_warehouse(now=later(0))
        other.rollback()
    worked = synchronized(later(1))

    assert (skipped.is_skipped, skipped.rows) == (True, 0)
    assert (worked.is_skipped, worked.rows) == (False, 2)


def _address() -> str:
    wanted = ("host", "port", "user", "password", "dbname")
    given = connection.get_connection_params()
    return make_conninfo(**{name: given[name] for name in wanted if given.get(name)})


def test_a_crash_before_the_commit_leaves_figures_as_they_were_and_loses_nothing(
    pair, warehouse: Path, monkeypatch: pytest.MonkeyPatch
):
    synchronized(later(0))
    order(pair)
    known = files(warehouse)

    class PowerCut(Exception):
        pass

    def cut(_: sync._Round) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(sync._Round, "_clean", cut)
        with pytest.raises(PowerCut):
            services.sync_warehouse(now=later(1))
    orphans = files(warehouse) - known
    assert len(orphans) == 2
    assert seen()[0] == 0

    synchronized(later(2))
    assert seen()[0] == 1
    # What the crash left is swept away once nobody can be writing it any more.
    sync._swept.clear()
    synchronized(datetime.now(UTC) + sync.GRACE * 2)
    assert not orphans & files(warehouse)
    assert seen()[0] == 1


def test_a_return_counts_from_the_moment_it_is_taken_in_and_only_once(pair, warehouse: Path):
    sku = pair[2]
    document = order(pair)
    with system_reach("tests"):
        asked = a_return(document, day=DAY, item=Item(sku, "1", "4.00"), state="REQUESTED")
    synchronized(later(0))
    returned = "SELECT count(*), coalesce(sum(gross_amount), 0) FROM fact_returned"
    assert seen(returned)[0] == 0

    with system_reach("tests"):
        Return.objects.filter(id=asked.id).update(state="RECEIVED", received_at=at(DAY + timedelta(days=40)))
    synchronized(later(1))
    assert [str(value) for value in seen(returned)] == ["1", "4.000000"]
    # The month it was asked for is closed: it counts on the day it was taken in.
    assert seen("SELECT date FROM fact_returned") == (DAY + timedelta(days=40),)

    with system_reach("tests"):
        Return.objects.filter(id=asked.id).update(state="REJECTED")
    synchronized(later(2))
    with system_reach("tests"):
        Return.objects.filter(id=asked.id).update(state="RECEIVED")
    synchronized(later(3))
    assert [str(value) for value in seen(returned)] == ["1", "4.000000"]


def test_many_small_segments_become_few_and_old_files_go_after_the_grace(pair, warehouse: Path):
    for turn in range(20):
        order(pair)
        synchronized(later(turn))
    with system_reach("tests"):
        current = Segment.objects.filter(fact="ordered", retired_at=None)
        assert sum(segment.row_count for segment in current) == 20
        assert current.count() <= 7
    assert seen()[0] == 20
    before = len(files(warehouse))

    synchronized(later(20) + sync.GRACE * 2)

    with system_reach("tests"):
        assert Segment.objects.exclude(retired_at=None).count() == 0
        listed = set(Segment.objects.values_list("file", flat=True))
    assert files(warehouse) == listed
    assert len(listed) < before
    assert seen()[0] == 20


def test_a_lost_file_or_another_cluster_means_everything_is_loaded_anew(pair, warehouse: Path):
    order(pair)
    synchronized(later(0))
    for path in (warehouse / "ordered").rglob("*.parquet"):
        path.unlink()
    sync._swept.clear()  # as in a process that has just started

    assert synchronized(later(1)).is_full
    assert seen()[0] == 1

    with system_reach("tests"):
        WarehouseState.objects.update(identity="another:1", watermark_xid=2**40)
    assert synchronized(later(2)).is_full
    assert seen()[0] == 1


def test_rows_restored_with_higher_transaction_ids_are_counted_once(pair, warehouse: Path):
    document = order(pair)
    with system_reach("tests"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        ahead = int(cursor.fetchone()[0]) + 60
        for table, column in (("orders_order", "id"), ("orders_line", "order_id")):
            cursor.execute(f"UPDATE {table} SET row_xid = %s WHERE {column} = %s", [ahead, document.id])
    synchronized(later(0))
    assert seen()[0] == 1

    for turn in range(80):  # our own counter runs past theirs
        with system_reach("tests"), connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        if turn % 20 == 0:
            order(pair)
            synchronized(later(turn + 1))
    synchronized(later(200))

    with system_reach("tests"):
        assert WarehouseState.objects.get().watermark_xid > ahead
    assert seen()[0] == 5


@pytest.mark.parametrize("is_restored", [False, True])
def test_orders_written_while_everything_is_loaded_are_counted_once(
    pair, warehouse: Path, monkeypatch: pytest.MonkeyPatch, is_restored: bool
):
    document = order(pair)
    if is_restored:
        with system_reach("tests"), connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000000")
            cursor.execute(
                "UPDATE orders_line SET row_xid = %s WHERE order_id = %s", [cursor.fetchone()[0], document.id]
            )
    original = reading.read_rows

    def interrupted(*given: Any, **named: Any) -> Any:
        with on_threads(partial(order, pair)):
            pass
        return original(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_rows", interrupted)
        report = services.sync_warehouse(now=later(0))
    synchronized(later(1))

    assert report.is_full
    with system_reach("tests"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(gross_amount) FROM orders_line")
        truth = cursor.fetchone()
    assert truth[0] == 1 + len(FACTS)
    assert seen() == truth
    assert seen("SELECT count(*), sum(gross_amount) FROM fact_order") == truth


def test_an_amount_of_thirteen_digits_widens_the_warehouse_and_stops_nothing(pair, warehouse: Path):
    order(pair)
    synchronized(later(0))
    order(pair, "1234567890123.45")

    report = synchronized(later(1))

    assert report.is_full
    assert [str(value) for value in seen()] == ["2", "1234567890133.450000"]
    order(pair, "0.05")
    assert not synchronized(later(2)).is_full
    assert str(seen()[1]) == "1234567890133.500000"


def test_words_from_the_documents_survive_the_way_through_csv(pair, warehouse: Path):
    brand, dealer, sku = pair
    with system_reach("tests"):
        an_order(
            seller=brand,
            buyer=dealer,
            day=DAY,
            items=[Item(sku, "1", "1.00")],
            province='引号"与,逗号\n换行',
            city="NULL",
        )
    synchronized(later(0))

    assert seen("SELECT province, city FROM fact_order") == ('引号"与,逗号\n换行', "NULL")


def test_a_second_process_reads_what_the_first_one_wrote(pair, warehouse: Path):
    document = order(pair)
    with system_reach("tests"):
        a_shipment(document, day=DAY, items=[(1, Item(pair[2], "1", "10.00"))])
    code = (
        "import django; django.setup()\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from django.conf import settings\n"
        f"settings.WAREHOUSE_ROOT = Path({str(warehouse.parent)!r})\n"
        "from huiliu.testing.insights import synchronized\n"
        "print(synchronized(datetime.now(UTC)).rows)\n"
    )
    name = str(connection.settings_dict["NAME"])
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HUILIU_DATABASE_NAME": name},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (found.stderr, found.stdout.strip()) == ("", "4")
    assert seen("SELECT count(*), sum(gross_amount) FROM fact_shipped")[0] == 1
    assert synchronized(datetime.now(UTC)).rows == 0
