"""A worker is killed in the middle of a job: another one finds the job and ends it, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from huiliu.access.types import Role
from huiliu.platform import jobs
from huiliu.platform.models import Job, Setting
from huiliu.testing.actors import NOW, a_brand, acting, an_actor
from huiliu.testing.ledger import committed
from huiliu.testing.platform import a_kind

#: A worker of its own process: five chunks, each committed once; with "hang" it stands still after the second.
WORKER = """
import sys, threading, time
import django
django.setup()
from dataclasses import dataclass
from datetime import timedelta
from huiliu.entrypoints.worker import job_actor
from huiliu.platform.jobs import running
from huiliu.platform.models import Setting
from huiliu.testing.actors import acting
from huiliu.testing.platform import a_kind

@dataclass(frozen=True)
class Chunks:
    count: int

def work(*, actor, params, progress, now):
    for number in range(params.count):
        with acting(actor):
            Setting.objects.get_or_create(key=f"chunk {number}", defaults={"value": 1, "updated_at": now})
        progress.advance(number + 1, params.count)
        if number == 1 and sys.argv[1] == "hang":
            time.sleep(600)

with a_kind(work, params=Chunks, name="test.chunks"):
    running.work(threading.Event(), actor_for=job_actor, stale_after=timedelta(seconds=float(sys.argv[2])))
"""


@dataclass(frozen=True)
class Chunks:
    """How many pieces of work."""

    count: int


def a_worker(database: str, how: str, stale_after: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, how, str(stale_after)],
        env=os.environ | {"HUILIU_DATABASE_NAME": database, "HUILIU_POOL_SIZE": "4"},
        stdout=subprocess.DEVNULL,
    )


def until(condition, *, seconds: float = 40) -> None:
    ends = time.monotonic() + seconds
    while not committed(condition):
        assert time.monotonic() < ends, committed(lambda: list(Job.objects.values()))
        time.sleep(0.1)


def chunks() -> list[str]:
    return committed(lambda: list(Setting.objects.order_by("key").values_list("key", flat=True)))


def test_a_job_whose_worker_is_killed_is_ended_by_another_one(committed_db):
    actor = committed(lambda: an_actor(a_brand(), Role.ADMINISTRATOR))
    with a_kind(lambda **_: None, params=Chunks, name="test.chunks"), acting(actor):
        jobs.start(actor=actor, kind="test.chunks", params=Chunks(5), now=NOW)
    first = a_worker(committed_db, "hang", 30)
    try:
        until(lambda: Job.objects.get().progress_done == 2)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=20)
    assert committed(lambda: Job.objects.get().state) == "RUNNING"  # nobody could say that it ended
    assert chunks() == ["chunk 0", "chunk 1"]

    second = a_worker(committed_db, "work", 1)
    try:
        until(lambda: Job.objects.get().state == "DONE")
    finally:
        second.kill()
        second.wait(timeout=20)
    job = committed(Job.objects.get)
    assert (job.attempts, job.progress_done, job.refusal) == (2, 5, None)
    assert chunks() == [f"chunk {number}" for number in range(5)]
