"""Consumers of the event log skip nothing: late commits, other databases, restored logs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from huiliu.platform import events
from huiliu.platform.database import one, system_reach
from huiliu.platform.embedded import test_cluster
from huiliu.testing.platform import read_to_the_end

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WRITERS, EACH = 4, 40


def publish(subject: object) -> None:
    events.publish(
        type="test.done", subject_type="test", subject_id=subject, paths=[""], user_id=None, now=NOW
    )


def drain(name: str = "reader", *, want: int = 0, most: int = 1000) -> list[str]:
    """What one consumer reads. A transaction beside that just ends may shorten a reading: it reads on for `want`."""
    seen: list[str] = []
    deadline = time.monotonic() + 10
    while True:
        with system_reach("events"):
            events.consume(
                name=name,
                limit=most - len(seen),
                now=NOW,
                handler=lambda rows: seen.extend(row.subject_id for row in rows),
            )
        if len(seen) >= want or time.monotonic() > deadline:
            return seen
        time.sleep(0.01)


@contextmanager
def elsewhere(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own whose transaction has an id and stays open until the end of the block."""
    with psycopg.connect(test_cluster().at(database).super_) as other:
        other.execute("SELECT pg_current_xact_id()")
        yield other


def test_a_late_commit_is_read_after_those_that_overtook_it(committed_db: str) -> None:
    with elsewhere(committed_db) as late:
        late.execute(
            "INSERT INTO platform_event (type, subject_type, subject_id, visible_path, visible_path_2, broadcast,"
            " payload, effective_at, recorded_at) VALUES ('test.done', 'test', 'late', '', '', false, '{}', %s, %s)",
            [NOW, NOW],
        )
        with system_reach("tests"):
            publish("fast")
        assert drain() == []  # 'fast' would move the position past 'late'
        late.commit()

    assert sorted(drain(want=2)) == ["fast", "late"]
    assert drain() == []


def test_a_long_transaction_of_another_database_holds_nothing_up(committed_db: str) -> None:
    with elsewhere("postgres"):
        with system_reach("tests"):
            publish("ours")
        snapshot = one(
            "SELECT pg_snapshot_xmin(s) < pg_snapshot_xmax(s) FROM (SELECT pg_current_snapshot() s) x"
        )

        assert snapshot == (True,)  # something is running all the while
        assert drain(want=1) == ["ours"]
    assert committed_db


def test_four_writers_at_once_lose_no_event_to_a_reader(committed_db: str) -> None:
    def write(writer: int) -> None:
        for number in range(EACH):
            with system_reach("tests"):
                publish(f"{writer}-{number}")
                if number % 5 == writer % 5:
                    connection.cursor().execute("SELECT pg_sleep(0.01)")  # commits late
        connections.close_all()

    pool = ThreadPoolExecutor(WRITERS)
    writers = [pool.submit(write, writer) for writer in range(WRITERS)]
    seen: list[str] = []
    while not all(writer.done() for writer in writers):
        seen += drain()
    seen += drain(want=WRITERS * EACH - len(seen))

    assert [writer.result() for writer in writers] == [None] * WRITERS
    assert len(seen) == len(set(seen)) == WRITERS * EACH
    assert committed_db


def test_a_restored_log_goes_on_where_each_consumer_stood(committed_db: str) -> None:
    """Its ids are of another cluster: far above the counter here."""
    for subject in ("a", "b", "c", "d"):
        with system_reach("tests"):
            publish(subject)
    assert drain("quick", want=3, most=3) == ["a", "b", "c"]
    assert drain("slow", want=1, most=1) == ["a"]
    with psycopg.connect(test_cluster().at(committed_db).super_) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE platform_event SET row_xid = row_xid + 4000000000")
        admin.execute("UPDATE platform_consumer SET position_xid = position_xid + 4000000000")
    assert drain("quick") == []  # what would be lost

    settle = "SELECT platform_settle_identity()"
    with psycopg.connect(test_cluster().at(committed_db).owner) as owner:
        owner.execute("DELETE FROM platform_consumer WHERE name LIKE 'identity:%'")
        first = owner.execute(settle).fetchone()
        second = owner.execute(settle).fetchone()
    with system_reach("tests"):
        publish("new")

    assert (first, second) == ((True,), (False,))
    assert drain("quick", want=2) == ["d", "new"]
    assert drain("slow", want=4) == ["b", "c", "d", "new"]
    assert drain("newcomer", want=5) == ["a", "b", "c", "d", "new"]


def test_a_handler_that_fails_gets_the_same_events_again(committed_db: str) -> None:
    with system_reach("tests"):
        publish("once")

    def fail(_rows: object) -> None:
        raise RuntimeError("broken")

    def consume() -> int:
        with transaction.atomic(), system_reach("events"):
            return events.consume(name="reader", limit=10, now=NOW, handler=fail)

    with pytest.raises(RuntimeError):
        read_to_the_end("reader", consume)

    assert drain(want=1) == ["once"]
    assert committed_db
