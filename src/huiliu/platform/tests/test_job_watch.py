"""What the live stream tells of jobs: each change once, to whoever asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from huiliu.access.types import Role
from huiliu.platform import jobs
from huiliu.platform.jobs import running
from huiliu.platform.jobs.watching import JobWatch
from huiliu.platform.models import Event
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.ledger import committed
from huiliu.testing.platform import a_kind, run_next


@dataclass(frozen=True)
class Nothing:
    """No parameters."""


def an_owner():
    return committed(lambda: an_actor(an_organization(parent=a_brand()), Role.OWNER))


def ask(actor, *, now: datetime = NOW):
    with acting(actor):
        return jobs.start(actor=actor, kind="test.work", params=Nothing(), now=now).id


def test_each_change_is_told_once_to_whoever_asked(committed_db):
    mine, foreign = an_owner(), an_owner()
    told: list[list[tuple[str, int]]] = []
    watch, users = JobWatch(), frozenset({mine.user_id})

    def look() -> None:
        told.append([(job.state, job.done) for job in watch.changes(users)])

    def work(*, actor, params, progress, now):
        look()
        progress.advance(1, 2)
        threading.Event().wait(3 * running.TELL_SECONDS)
        look()
        look()

    with a_kind(work, params=Nothing):
        ask(mine)
        look()
        look()
        assert run_next() == "DONE"
        look()
        look()
        ask(foreign)
        look()
    assert told == [
        [("QUEUED", 0)],
        [],
        [("RUNNING", 0)],
        [("RUNNING", 1)],
        [],
        [("DONE", 1)],
        [],
        [],
    ]
    assert committed(Event.objects.count) == 0  # nothing of it is stored


def test_a_job_that_began_and_ended_between_two_looks_is_told(committed_db):
    owner, watch = an_owner(), JobWatch()
    assert watch.changes({owner.user_id}) == []
    with a_kind(lambda **_: None, params=Nothing):
        job_id = ask(owner, now=datetime.now(UTC))
        run_next()
    assert [(job.id, job.state) for job in watch.changes({owner.user_id})] == [(job_id, "DONE")]
    assert watch.changes({owner.user_id}) == []


def test_nobody_listens_nothing_is_read(committed_db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert JobWatch().changes(set()) == []
