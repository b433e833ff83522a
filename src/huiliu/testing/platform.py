"""Jobs, files and the event log for tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from huiliu.entrypoints.worker import job_actor, schedule
from huiliu.platform import jobs
from huiliu.platform.database import one, system_reach
from huiliu.platform.jobs import registry, running
from huiliu.platform.jobs.types import JobState
from huiliu.platform.settings_types import Words
from huiliu.testing.actors import NOW


def run_next(*, now: datetime = NOW) -> JobState | None:
    """Run the job that waits longest as the worker does; None when nothing waits. Needs `committed_db`."""
    claimed = running.claim(now=now)
    if claimed is None:
        return None
    return running.run(claimed, actor_for=job_actor, progress=jobs.Progress(), now=now)


def run_round(name: str, *, now: datetime = NOW) -> None:
    """The worker's named work: one round, or, of who hears events, until all are heard. Needs `committed_db`."""
    [item] = [item for item in schedule() if item.name == name]
    read_to_the_end(name, lambda: item.work(now))


@contextmanager
def a_kind(handler: Any, *, params: Any, name: str = "test.work", **options: Any) -> Iterator[str]:
    """A kind of work that exists inside the block."""
    settings: dict[str, Any] = {"scope": "session:use", "words": Words("测试", "Test")} | options
    jobs.kind(name, params=params, **settings)(handler)
    try:
        yield name
    finally:
        del registry._kinds[name]  # noqa: SLF001 - what was offered for a test goes with it


def read_to_the_end(consumer: str, read: Callable[[], Any], *, seconds: float = 10) -> list[Any]:
    """Call `read` until the named consumer of the event log stands at its end; returns what each call returned.

    A transaction of another database that ends between a reader's snapshot and its look at the locks counts as one
    of ours (ADR 7): that reader gets less, and comes again. A test beside other tests meets such transactions.
    """
    behind = (
        "SELECT EXISTS (SELECT 1 FROM platform_event e JOIN platform_consumer c ON c.name = %s"
        " WHERE (e.row_xid, e.id) > (c.position_xid, c.position_id))"
    )
    deadline = time.monotonic() + seconds
    told = [read()]
    while True:
        with system_reach("tests"):
            if one(behind, [consumer]) == (False,):
                return told
        if time.monotonic() > deadline:
            raise AssertionError(f"{consumer} has not read the event log to its end after {seconds:g} s")
        time.sleep(0.01)
        told.append(read())


def a_picture(*, size: tuple[int, int] = (40, 30), form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a drawn picture."""
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", size, (20, 90, 160)).save(drawn, form, **options)
    return drawn.getvalue()
