"""Jobs: asked for in a transaction, run under the asker's reach, watched, cancelled, and never lost with a worker."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError

from huiliu.access.models import Organization, User
from huiliu.access.types import Role
from huiliu.entrypoints.worker import job_actor
from huiliu.kernel.refusals import DomainError, Kind
from huiliu.platform import jobs
from huiliu.platform.database import current_reach
from huiliu.platform.errors import ScopeMissing
from huiliu.platform.jobs import queue, running
from huiliu.platform.jobs.errors import (
    JobFinished,
    JobNotCancellable,
    JobNotStartedAgain,
    JobUnknown,
    TooManyJobs,
)
from huiliu.platform.jobs.types import Claimed, JobState
from huiliu.platform.models import Job
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.databases import on_threads
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.platform import a_kind, run_next


@dataclass(frozen=True)
class Count:
    """Parameters of the work in these tests."""

    to: int
    price: Decimal = Decimal("1.50")


class NoNumbers(DomainError):
    """Give a number above nought."""

    code = "tests.no_numbers"
    kind = Kind.INVALID


def a_clerk(*roles: Role):
    return committed(lambda: an_actor(a_brand(), *(roles or (Role.ADMINISTRATOR,))))


def a_dealer():
    return committed(lambda: an_actor(an_organization(parent=a_brand()), Role.OWNER))


def ask(actor, *, to: int = 3) -> UUID:
    with acting(actor):
        return jobs.start(actor=actor, kind="test.work", params=Count(to=to), now=NOW).id


def seen(actor, job_id: UUID) -> jobs.JobRef:
    with acting(actor):
        return jobs.find_job(actor=actor, job_id=job_id)


def refusal_of(actor, job_id: UUID) -> dict[str, Any]:
    refusal = seen(actor, job_id).refusal
    assert refusal is not None
    return refusal


def claim() -> Claimed:
    claimed = running.claim(now=NOW)
    assert claimed is not None
    return claimed


def counting(*, actor, params: Count, progress: jobs.Progress, now) -> None:
    for number in range(params.to):
        progress.check_cancelled()
        progress.advance(number + 1, params.to, f"number {number + 1}")
    progress.result({"counted": params.to, "worth": params.price * params.to})


def test_a_job_runs_to_its_end_and_tells_what_came_of_it(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):
        job_id = ask(actor)
        assert seen(actor, job_id).state == "QUEUED"
        assert run_next() == "DONE"

    job = seen(actor, job_id)
    assert (job.state, job.done, job.total, job.message) == ("DONE", 3, 3, "number 3")
    assert job.result == {"counted": 3, "worth": "4.50"}
    assert (job.attempts, job.refusal) == (1, None)


def test_a_request_that_is_rolled_back_starts_nothing(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):

        def request() -> None:
            with acting(actor):
                jobs.start(actor=actor, kind="test.work", params=Count(to=1), now=NOW)
                raise NoNumbers("The request is refused after all.")

        with pytest.raises(NoNumbers):
            request()
        assert run_next() is None
    assert committed(Job.objects.count) == 0


def test_a_job_of_a_request_that_has_not_committed_is_not_begun(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):
        with acting(actor):
            jobs.start(actor=actor, kind="test.work", params=Count(to=1), now=NOW)
            [claimed] = in_threads([lambda: running.claim(now=NOW)])
            assert claimed is None
        assert run_next() == "DONE"


def test_the_handler_has_the_reach_and_the_scopes_of_whoever_asked(committed_db):
    dealer = a_dealer()
    narrow = replace(dealer, scopes=frozenset({"session:use", "orders:read"}))
    found: list[object] = []

    def look(*, actor, params, progress, now):
        with acting(actor):
            found.extend([current_reach()[:3], actor.scopes, Organization.objects.count()])

    with a_kind(look, params=Count):
        ask(narrow)
        assert run_next() == "DONE"

    reach = dealer.reach
    assert found[0] == ("huiliu_partner", reach.lo, reach.hi)
    assert found[1] == {"session:use", "orders:read"}
    assert found[2] == 2  # itself and the brand, which everyone sees


def test_whoever_can_no_longer_sign_in_gets_no_work_done(committed_db):
    actor = a_clerk()
    begun: list[int] = []
    with a_kind(lambda **_: begun.append(1), params=Count):
        job_id = ask(actor)
        committed(lambda: User.objects.filter(pk=actor.user_id).update(is_active=False))
        assert run_next() == "FAILED"
    assert begun == []
    assert refusal_of(actor, job_id)["code"] == "platform.job_owner_gone"


def test_a_role_taken_away_meanwhile_counts_when_the_job_runs(committed_db):
    actor = a_clerk(Role.ADMINISTRATOR)
    begun: list[int] = []
    with a_kind(lambda **_: begun.append(1), params=Count, scope="settings:write"):
        job_id = ask(actor)
        committed(lambda: User.objects.filter(pk=actor.user_id).update(roles=["ANALYST"]))
        assert run_next() == "FAILED"
    assert begun == []
    assert refusal_of(actor, job_id)["code"] == "platform.scope_missing"


def test_work_needs_the_scope_of_its_kind(committed_db):
    actor = a_dealer()
    with a_kind(counting, params=Count, scope="settings:write"), pytest.raises(ScopeMissing):
        ask(actor)
    assert committed(Job.objects.count) == 0


def test_a_refusal_is_told_with_its_facts_and_a_fault_only_with_a_reference(committed_db):
    actor = a_clerk()

    def refuse(*, actor, params, progress, now):
        if params.to == 0:
            raise NoNumbers("Nothing to count.", field="to", given=0)
        raise RuntimeError("password=secret")

    with a_kind(refuse, params=Count):
        refused, broken = ask(actor, to=0), ask(actor, to=1)
        assert [run_next(), run_next(), run_next()] == ["FAILED", "FAILED", None]

    problem = refusal_of(actor, refused)
    assert (problem["code"], problem["remedy"]) == ("tests.no_numbers", "Give a number above nought.")
    assert problem["facts"] == {"given": 0}
    assert problem["fields"] == [{"field": "to", "reason": "Nothing to count.", "code": "tests.no_numbers"}]
    fault = refusal_of(actor, broken)
    assert (fault["code"], fault["reference"]) == ("platform.fault", str(broken))
    assert "secret" not in str(fault)


def test_a_lost_connection_is_tried_again_later_and_not_for_ever(committed_db):
    actor = a_clerk()

    def lose(*, actor, params, progress, now):
        raise OperationalError("the connection is lost")

    with a_kind(lose, params=Count, retries=1):
        job_id = ask(actor)
        assert run_next() == "QUEUED"
        assert run_next() is None  # it waits a while
        committed(lambda: Job.objects.update(due_at=None))
        assert run_next() == "FAILED"
    job = seen(actor, job_id)
    assert (job.attempts, refusal_of(actor, job_id)["code"]) == (2, "platform.database_unavailable")


def in_threads(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each on a thread with its own connection, all starting together."""
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        return work()

    with on_threads(*(partial(run, work) for work in works)) as threads:
        pass
    return [one.result() for one in threads]


def claimed_by_eight() -> Counter[UUID]:
    """How often each of three jobs was claimed by eight workers."""
    actor = a_clerk()
    with a_kind(counting, params=Count):
        for _ in range(3):
            ask(actor)
        answers = in_threads([lambda: running.claim(now=NOW)] * 8)
    return Counter(one.id for one in answers if one is not None)


def test_two_workers_claim_one_job_when_nothing_locks_it(committed_db, monkeypatch):
    slow = running.CLAIM.replace("LIMIT 1 FOR UPDATE OF j SKIP LOCKED", "LIMIT 1").replace(
        "WHERE id = (SELECT j.id", "WHERE pg_sleep(0.2) IS NOT NULL AND id = (SELECT j.id"
    )
    assert slow.count("FOR UPDATE") == 0
    monkeypatch.setattr(running, "CLAIM", slow)
    assert max(claimed_by_eight().values()) > 1


def test_a_job_is_claimed_by_one_worker(committed_db):
    assert sorted(claimed_by_eight().values()) == [1, 1, 1]


def test_whoever_has_a_job_running_lets_the_others_go_first(committed_db):
    greedy, modest = a_clerk(), a_dealer()
    with a_kind(counting, params=Count):
        ask(greedy)
        ask(greedy)
        later = ask(modest)
        running.claim(now=NOW)
        assert claim().id == later


def test_a_waiting_job_is_cancelled_at_once_and_asked_twice_answers_the_same(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):
        job_id = ask(actor)
        for _ in range(2):
            with acting(actor):
                assert jobs.cancel(actor=actor, job_id=job_id, now=NOW).state == "CANCELLED"
        assert run_next() is None


def test_a_running_job_hears_that_it_should_stop(committed_db):
    actor = a_clerk()
    done: list[int] = []

    def work(*, actor, params, progress, now):
        for number in range(600):
            progress.advance(number, 600)
            if number == 1:
                with acting(actor):
                    jobs.cancel(actor=actor, job_id=job_id, now=NOW)
            progress.check_cancelled()
            threading.Event().wait(0.02)
            done.append(number)

    with a_kind(work, params=Count):
        job_id = ask(actor)
        assert run_next() == "CANCELLED"
    assert 1 < len(done) < 300  # the watch speaks twice a second
    job = seen(actor, job_id)
    assert (job.state, job.total) == ("CANCELLED", 600)
    assert job.finished_at is not None


def test_what_runs_in_one_piece_is_not_cancelled_but_taken_out_while_it_waits(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count, cancellable=False):
        first, second = ask(actor), ask(actor)
        claimed = claim()
        with pytest.raises(JobNotCancellable), acting(actor):
            jobs.cancel(actor=actor, job_id=first, now=NOW)
        with acting(actor):
            assert jobs.cancel(actor=actor, job_id=second, now=NOW).state == "CANCELLED"
        assert running.run(claimed, actor_for=job_actor, progress=jobs.Progress(), now=NOW) == "DONE"
    with pytest.raises(JobFinished), acting(actor):
        jobs.cancel(actor=actor, job_id=first, now=NOW)


def test_cancel_and_claim_at_the_same_moment_leave_one_answer(committed_db):
    actor = a_clerk()
    ends: Counter[str] = Counter()
    with a_kind(counting, params=Count):
        for _ in range(12):
            job_id = ask(actor)
            [answer, state] = in_threads(
                [partial(cancelled, actor, job_id), lambda: run_next() or JobState.CANCELLED]
            )
            job = seen(actor, job_id)
            # Taken out before it began, or it ended; never a cancelled job that was done, nor one left open.
            assert job.state in ("CANCELLED", "DONE")
            assert state == job.state
            assert answer in ("CANCELLED", "RUNNING", "JobFinished")
            assert (answer == "CANCELLED") <= (job.state == "CANCELLED")
            assert (job.result is not None) == (job.state == "DONE")
            ends[job.state] += 1
    assert sum(ends.values()) == 12


def cancelled(actor, job_id: UUID) -> str:
    try:
        with acting(actor):
            return jobs.cancel(actor=actor, job_id=job_id, now=NOW).state
    except JobFinished:
        return "JobFinished"


def test_a_worker_taken_for_dead_ends_nothing_any_more(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):
        job_id = ask(actor)
        slow = claim()
        assert running.recover(stale_after=timedelta(seconds=-1)) == 1
        quick = claim()
        assert (slow.attempt, quick.attempt) == (1, 2)
        progress = jobs.Progress()
        progress.advance(99, 99)
        running.beat(slow, progress)
        assert progress.is_cancelled()
        assert running.run(slow, actor_for=job_actor, progress=jobs.Progress(), now=NOW) is None
        assert seen(actor, job_id).state == "RUNNING"
        assert running.run(quick, actor_for=job_actor, progress=jobs.Progress(), now=NOW) == "DONE"
    assert seen(actor, job_id).done == 3


def test_a_job_whose_worker_dies_every_time_fails_with_a_reason(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count, retries=1):
        job_id = ask(actor)
        for _ in range(2):
            assert running.claim(now=NOW) is not None
            running.recover(stale_after=timedelta(seconds=-1))
        assert running.claim(now=NOW) is None
    job = seen(actor, job_id)
    assert (job.state, refusal_of(actor, job_id)["code"]) == ("FAILED", "platform.job_worker_lost")
    assert refusal_of(actor, job_id)["facts"] == {"attempts": 2}


def test_a_job_that_beats_is_left_alone(committed_db):
    with a_kind(counting, params=Count):
        ask(a_clerk())
        running.claim(now=NOW)
        assert running.recover(stale_after=timedelta(seconds=30)) == 0


def test_a_stopped_worker_gives_its_job_back(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):
        job_id = ask(actor)
        claimed = claim()
        stopping = jobs.Progress(stopping=lambda: True)
        assert running.run(claimed, actor_for=job_actor, progress=stopping, now=NOW) == "QUEUED"
        assert run_next() == "DONE"
    assert seen(actor, job_id).attempts == 2


def test_nobody_sees_the_jobs_of_others_but_headquarters(committed_db):
    dealer, clerk = a_dealer(), a_clerk()
    colleague = committed(lambda: an_actor(Organization.objects.get(pk=dealer.organization_id), Role.OWNER))
    with a_kind(counting, params=Count):
        job_id = ask(dealer)
    with acting(clerk):
        assert jobs.find_job(actor=clerk, job_id=job_id).created_by == dealer.user_id
        assert [one.id for one in jobs.list_jobs(actor=clerk, mine=False)] == [job_id]
        assert jobs.list_jobs(actor=clerk) == []
    with acting(colleague):
        assert jobs.list_jobs(actor=colleague, mine=False) == []
        assert not Job.objects.exists()  # the database says it, not only the query
        with pytest.raises(JobUnknown):
            jobs.cancel(actor=colleague, job_id=job_id, now=NOW)
    assert seen(dealer, job_id).state == "QUEUED"


def test_failed_work_is_started_again_as_a_new_job(committed_db):
    actor = a_clerk()
    tries: list[int] = []

    def work(*, actor, params, progress, now):
        tries.append(params.to)
        if len(tries) == 1:
            raise NoNumbers("Not yet.")

    with a_kind(work, params=Count):
        first = ask(actor, to=7)
        with pytest.raises(JobNotStartedAgain), acting(actor):
            jobs.start_again(actor=actor, job_id=first, now=NOW)
        run_next()
        with acting(actor):
            second = jobs.start_again(actor=actor, job_id=first, now=NOW)
        assert run_next() == "DONE"
    assert tries == [7, 7]
    assert (seen(actor, first).state, seen(actor, second.id).state) == ("FAILED", "DONE")


def test_one_user_cannot_fill_the_queue(committed_db, monkeypatch):
    monkeypatch.setattr(queue, "OPEN_JOBS_MAX", 2)
    actor = a_clerk()
    with a_kind(counting, params=Count):
        ask(actor)
        ask(actor)
        with pytest.raises(TooManyJobs) as refused:
            ask(actor)
    assert refused.value.facts == {"jobs": 2, "limit": 2}
    assert committed(Job.objects.count) == 2


def test_progress_is_seen_before_the_work_commits_and_at_most_twice_a_second(committed_db):
    actor = a_clerk()
    told: list[int] = []

    def work(*, actor, params, progress, now):
        with acting(actor):
            Organization.objects.filter(pk=actor.organization_id).update(name="Nobody sees it yet")
            for number in range(120):
                progress.advance(number, 120)
                threading.Event().wait(0.01)
                told.extend(in_threads([lambda: committed(lambda: Job.objects.get().progress_done)]))

    with a_kind(work, params=Count):
        ask(actor)
        assert run_next() == "DONE"
    assert len(told) == 120
    # It was told while the work was under way, and not at every step.
    assert 2 <= len(set(told)) <= 20


def test_parameters_of_another_kind_are_a_mistake_of_the_caller(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count), acting(actor), pytest.raises(TypeError):
        jobs.start(actor=actor, kind="test.work", params={"to": 3}, now=NOW)


def test_parameters_that_no_longer_fit_are_refused_when_it_runs(committed_db):
    actor = a_clerk()
    with a_kind(counting, params=Count):
        job_id = ask(actor)
        committed(lambda: Job.objects.update(params={"until": 3}))
        assert run_next() == "FAILED"
    assert refusal_of(actor, job_id)["code"] == "platform.job_params_outdated"


def test_many_ask_at_once_and_each_job_runs_once(committed_db):
    actor = a_clerk()
    ran: list[int] = []

    def work(*, actor, params, progress, now):
        ran.append(params.to)

    with a_kind(work, params=Count):
        at_once([partial(ask, actor, to=number) for number in range(8)])
        stop = threading.Event()
        with on_threads(*[partial(running.work, stop, actor_for=job_actor)] * 3):
            for _ in range(200):
                if len(ran) >= 8:
                    break
                stop.wait(0.05)
            stop.set()
    assert sorted(ran) == list(range(8))
    assert committed(lambda: Job.objects.filter(state="DONE").count()) == 8
