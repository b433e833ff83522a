"""The worker's side: claim a job, run it, end it; find jobs whose worker died.

One row lock decides every race: claiming skips rows that are locked, and each later word about a job names the
attempt it belongs to, so that a worker that was taken for dead changes nothing any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
import structlog
from django.db import Error as DatabaseFault
from django.db import connection

from huiliu.kernel.refusals import DomainError
from huiliu.platform import modules, tracing
from huiliu.platform.database import system_reach
from huiliu.platform.errors import ScopeMissing
from huiliu.platform.http import problem
from huiliu.platform.http.context import set_request_id
from huiliu.platform.http.faults import refusal_of_database, refusal_of_disk
from huiliu.platform.jobs.errors import JobOwnerGone, JobWorkerLost
from huiliu.platform.jobs.progress import JobCancelled, JobInterrupted, JobLost, Progress
from huiliu.platform.jobs.registry import Kind, find_kind, runnable
from huiliu.platform.jobs.types import Claimed, JobState
from huiliu.platform.settings_store import Changer

log = structlog.get_logger("huiliu.jobs")
TELL_SECONDS: Final = 0.5
BEAT_SECONDS: Final = 2.0
STALE_AFTER: Final = timedelta(seconds=30)
IDLE_SECONDS: Final = 0.5
RECOVER_EVERY: Final = timedelta(seconds=5)
RETRY_SECONDS: Final = 5  # doubled with every attempt

#: Whoever asked, as they may act now; None when they no longer may at all.
ActorFor = Callable[[Claimed], Changer | None]

#: Whoever has a job running lets the others go first.
CLAIM = """
UPDATE platform_job SET state = 'RUNNING', attempts = attempts + 1, started_at = %(now)s,
       heartbeat_at = clock_timestamp(), progress_done = 0, progress_total = NULL, message = ''
 WHERE id = (SELECT j.id FROM platform_job j
              WHERE j.state = 'QUEUED' AND j.kind = ANY(%(kinds)s)
                AND (j.due_at IS NULL OR j.due_at <= clock_timestamp())
              ORDER BY EXISTS (SELECT FROM platform_job r
                                WHERE r.state = 'RUNNING' AND r.created_by = j.created_by),
                       j.created_at, j.id
              LIMIT 1 FOR UPDATE OF j SKIP LOCKED)
RETURNING id, kind, params, attempts, created_by, scopes, impersonator_id
"""


def claim(*, now: datetime) -> Claimed | None:
    """The next job that waits, in this worker's hands; None when there is nothing to do."""
    names = runnable()
    with system_reach("jobs"), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "kinds": names})
        row = cursor.fetchone()
    if row is None:
        return None
    return Claimed(
        id=row[0],
        kind=row[1],
        params=row[2] if isinstance(row[2], dict) else orjson.loads(row[2]),
        attempt=row[3],
        created_by=row[4],
        scopes=frozenset(row[5]),
        impersonator_id=row[6],
    )


def beat(claimed: Claimed, progress: Progress) -> None:
    """Write that the worker lives and how far it is; hear whether somebody asked to stop."""
    done, total, message = progress.told()
    with system_reach("jobs"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platform_job SET heartbeat_at = clock_timestamp(), progress_done = %s, progress_total = %s,"
            " message = %s WHERE id = %s AND attempts = %s AND state = 'RUNNING' RETURNING cancel_asked_at",
            [done, total, message, claimed.id, claimed.attempt],
        )
        row = cursor.fetchone()
    if row is None:
        progress.lose()
    elif row[0] is not None:
        progress.cancel()


@contextmanager
def _watched(claimed: Claimed, progress: Progress) -> Iterator[None]:
    """A thread with its own connection beats while the block runs."""
    ended = threading.Event()

    def watch() -> None:
        told, idle = progress.told(), 0.0
        while not ended.wait(TELL_SECONDS):
            idle += TELL_SECONDS
            if progress.told() == told and idle < BEAT_SECONDS:
                continue
            told, idle = progress.told(), 0.0
            try:
                beat(claimed, progress)
            except Exception:  # noqa: BLE001 - the database may be away for a moment; the work goes on
                log.warning("a job cannot tell that it lives", job=str(claimed.id))
            finally:
                connection.close()

    thread = threading.Thread(target=watch, name=f"watch {claimed.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def run(claimed: Claimed, *, actor_for: ActorFor, progress: Progress, now: datetime) -> JobState | None:
    """Run a claimed job to its end; its new state, or None when another worker has it by now.

    Replay: a handler that committed and whose worker died before this ends the job is run again.
    """
    set_request_id(str(claimed.id))
    spec = find_kind(claimed.kind)
    try:
        if spec is None:  # claimed by name: it was there a moment ago
            raise RuntimeError(f"no handler for {claimed.kind}")
        with _watched(claimed, progress):
            _handle(spec, claimed, actor_for=actor_for, progress=progress, now=now)
    except JobLost:
        return None
    except JobCancelled:
        return _end(claimed, progress, JobState.CANCELLED)
    except JobInterrupted:
        return _back(claimed, seconds=0)
    except DomainError as refusal:
        return _end(claimed, progress, JobState.FAILED, refusal=_told(refusal))
    except Exception as error:  # noqa: BLE001 - the last line: every fault becomes a problem document
        return _fault(claimed, progress, error, retries=spec.retries if spec else 0)
    return _end(claimed, progress, JobState.DONE)


def _handle(
    spec: Kind[Any], claimed: Claimed, *, actor_for: ActorFor, progress: Progress, now: datetime
) -> None:
    actor = actor_for(claimed)
    if actor is None:
        raise JobOwnerGone("Whoever asked for this may no longer sign in.", user_id=claimed.created_by)
    if spec.scope not in actor.scopes:
        raise ScopeMissing("Your role does not include this action any more.", scope=spec.scope)
    modules.require_on(spec.module)
    with tracing.span(f"job {claimed.kind}", huiliu__request_id=str(claimed.id)):
        spec.run(actor=actor, params=spec.from_json(claimed.params), progress=progress, now=now)


def _told(refusal: DomainError) -> dict[str, Any]:
    """The problem document that a request would have been answered with."""
    document: dict[str, Any] = orjson.loads(problem.of_refusal(refusal).content)
    return document


def _fault(claimed: Claimed, progress: Progress, error: Exception, *, retries: int) -> JobState | None:
    """Busy rows and lost connections are tried again; what is left is told without its inside."""
    connection.close()
    passing = refusal_of_database(error) if isinstance(error, DatabaseFault) else refusal_of_disk(error)
    if passing is not None and claimed.attempt <= retries:
        log.warning("job waits and tries again", job=str(claimed.id), attempt=claimed.attempt)
        return _back(claimed, seconds=RETRY_SECONDS * 2 ** (claimed.attempt - 1))
    if passing is not None:
        return _end(claimed, progress, JobState.FAILED, refusal=_told(passing))
    log.error("job failed", job=str(claimed.id), kind=claimed.kind, exc_info=error)
    fault = problem.response(
        code="platform.fault",
        title="Fault",
        status=500,
        detail="Something broke on our side.",
        remedy="Start it again; if it stays, tell operations the reference number.",
    )
    return _end(claimed, progress, JobState.FAILED, refusal=orjson.loads(fault.content))


def _end(
    claimed: Claimed, progress: Progress, state: JobState, *, refusal: dict[str, Any] | None = None
) -> JobState | None:
    done, total, message = progress.told()
    with system_reach("jobs"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platform_job SET state = %s, finished_at = clock_timestamp(), progress_done = %s,"
            " progress_total = %s, message = %s, result = %s, refusal = %s, result_file_id = %s"
            " WHERE id = %s AND attempts = %s AND state = 'RUNNING'",
            [
                state.value,
                done,
                total,
                message,
                _json(progress.facts),
                _json(refusal),
                progress.file_id,
                claimed.id,
                claimed.attempt,
            ],
        )
        return state if cursor.rowcount else None


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _back(claimed: Claimed, *, seconds: int) -> JobState | None:
    """Into the queue again; when somebody asked to stop it meanwhile, it is cancelled instead."""
    with system_reach("jobs"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platform_job SET due_at = clock_timestamp() + make_interval(secs => %s),"
            " state = CASE WHEN cancel_asked_at IS NULL THEN 'QUEUED' ELSE 'CANCELLED' END,"
            " finished_at = CASE WHEN cancel_asked_at IS NULL THEN NULL ELSE clock_timestamp() END"
            " WHERE id = %s AND attempts = %s AND state = 'RUNNING' RETURNING state",
            [seconds, claimed.id, claimed.attempt],
        )
        row = cursor.fetchone()
    return JobState(row[0]) if row else None


def recover(*, stale_after: timedelta = STALE_AFTER) -> int:
    """Jobs whose worker has not been heard of: queued again, cancelled if asked, or failed; how many.

    The clock is the database's own, as in every heartbeat: the clocks of two machines do not matter.
    """
    with system_reach("jobs"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, attempts FROM platform_job WHERE state = 'RUNNING'"
            " AND heartbeat_at < clock_timestamp() - make_interval(secs => %s) ORDER BY id FOR UPDATE SKIP LOCKED",
            [stale_after.total_seconds()],
        )
        lost = cursor.fetchall()
        for job_id, name, attempts in lost:
            spec = find_kind(name)
            again = spec is not None and attempts <= spec.retries
            log.warning("job lost its worker", job=str(job_id), kind=name, attempt=attempts, again=again)
            set_request_id(str(job_id))
            refusal = _told(JobWorkerLost("The worker was lost.", attempts=attempts))
            cursor.execute(
                "UPDATE platform_job SET refusal = CASE WHEN cancel_asked_at IS NULL AND NOT %(again)s"
                "   THEN %(refusal)s::jsonb END,"
                " state = CASE WHEN cancel_asked_at IS NOT NULL THEN 'CANCELLED'"
                "   WHEN %(again)s THEN 'QUEUED' ELSE 'FAILED' END,"
                " finished_at = CASE WHEN cancel_asked_at IS NULL AND %(again)s THEN NULL"
                "   ELSE clock_timestamp() END WHERE id = %(id)s",
                {"again": again, "refusal": _json(refusal), "id": job_id},
            )
    return len(lost)


def work(stop: threading.Event, *, actor_for: ActorFor, stale_after: timedelta = STALE_AFTER) -> None:
    """Run jobs one after the other until told to stop; a fault of the queue itself waits longer each time."""
    failures, recovered_at = 0, datetime.min.replace(tzinfo=UTC)
    while not stop.is_set():
        now = datetime.now(UTC)
        try:
            if now - recovered_at >= RECOVER_EVERY:
                recover(stale_after=stale_after)
                recovered_at = now
            claimed = claim(now=now)
            if claimed is not None:
                run(claimed, actor_for=actor_for, progress=Progress(stopping=stop.is_set), now=now)
            failures = 0
        except Exception:
            failures += 1
            claimed = None
            log.exception("the queue of jobs cannot be worked", failures=failures)
        connection.close()
        if claimed is None:
            stop.wait(IDLE_SECONDS * 2 ** min(failures, 6))


def start_threads(stop: threading.Event, *, actor_for: ActorFor, count: int = 2) -> list[threading.Thread]:
    """Jobs beside whatever else the process does: a long import holds up neither the warehouse nor an export."""
    threads = [
        threading.Thread(
            target=work, args=(stop,), kwargs={"actor_for": actor_for}, name=f"jobs {n}", daemon=True
        )
        for n in range(count)
    ]
    for thread in threads:
        thread.start()
    return threads
