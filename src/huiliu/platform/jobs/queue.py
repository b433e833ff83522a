"""Asking for work and watching it. The job's row is the queue: it commits or vanishes with the request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from huiliu.kernel.ids import uuid7
from huiliu.platform import audit
from huiliu.platform.errors import ScopeMissing
from huiliu.platform.jobs.errors import (
    JobFinished,
    JobNotCancellable,
    JobNotStartedAgain,
    JobUnknown,
    TooManyJobs,
)
from huiliu.platform.jobs.registry import Kind, find_kind
from huiliu.platform.jobs.types import OPEN, JobRef, JobState
from huiliu.platform.models import Job
from huiliu.platform.settings_store import Changer

OPEN_JOBS_MAX = 50  # of one user


def start(*, actor: Changer, kind: str, params: object, now: datetime) -> JobRef:
    """Ask for work; a worker begins it when the caller's transaction has committed.

    Raises: ScopeMissing, TooManyJobs; KeyError and TypeError are the caller's mistakes.
    """
    spec = find_kind(kind)
    if spec is None:
        raise KeyError(f"No module offers work of the kind {kind!r}.")
    return _enqueue(actor=actor, spec=spec, params=spec.to_json(params), now=now)


def _enqueue(*, actor: Changer, spec: Kind[object], params: dict[str, object], now: datetime) -> JobRef:
    if spec.scope not in actor.scopes:
        raise ScopeMissing("Your role does not include this action.", scope=spec.scope)
    waiting = Job.objects.filter(created_by=actor.user_id, state__in=OPEN).count()
    if waiting >= OPEN_JOBS_MAX:
        raise TooManyJobs("You have too many jobs that have not ended.", jobs=waiting, limit=OPEN_JOBS_MAX)
    row = Job(
        id=uuid7(),
        kind=spec.name,
        state=JobState.QUEUED,
        owner_path=actor.organization_path,
        created_by=actor.user_id,
        impersonator_id=actor.impersonator_id,
        scopes=sorted(actor.scopes),
        params=params,
        created_at=now,
    )
    row.save(force_insert=True)
    _record(row, "job.started", actor=actor, now=now)
    return job_ref(row)


def _record(row: Job, action: str, *, actor: Changer, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="job",
        subject_id=row.pk,
        owner_path=actor.organization_path,
        now=now,
        after={"kind": row.kind, "params": row.params},
    )


def find_job(*, actor: Changer, job_id: UUID) -> JobRef:
    """One's own job; headquarters sees everyone's. Raises: JobUnknown."""
    return job_ref(_row(actor=actor, job_id=job_id))


def _row(*, actor: Changer, job_id: UUID) -> Job:
    row = Job.objects.filter(_seen_by(actor), pk=job_id).first()
    if row is None:
        raise JobUnknown("There is no such job.", job_id=str(job_id))
    return row


def _seen_by(actor: Changer) -> Q:
    """The row policy says it too; this keeps the index on one's own jobs in use."""
    return Q() if actor.reach.everything else Q(created_by=actor.user_id)


def list_jobs(
    *,
    actor: Changer,
    mine: bool = True,
    state: JobState | None = None,
    kind: str = "",
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[JobRef]:
    """The newest first; without `mine` everyone's, as far as the actor sees them."""
    rows = Job.objects.filter(Q(created_by=actor.user_id) if mine else _seen_by(actor))
    if state is not None:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if after is not None:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    return [job_ref(row) for row in rows.order_by("-created_at", "-id")[:limit]]


def cancel(*, actor: Changer, job_id: UUID, now: datetime) -> JobRef:
    """Take a waiting job out of the queue at once, or ask a running one to stop.

    Replay: asked again it answers the same.
    Locks:  the job's row; a worker that ends or begins it at the same moment wins or waits.
    Raises: JobUnknown, JobFinished, JobNotCancellable.
    """
    row = _row(actor=actor, job_id=job_id)
    spec = find_kind(row.kind)
    before = row.cancel_asked_at
    stops = "('QUEUED', 'RUNNING')" if spec is None or spec.cancellable else "('QUEUED')"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platform_job SET cancel_asked_at = coalesce(cancel_asked_at, %(now)s),"
            " finished_at = CASE WHEN state = 'QUEUED' THEN %(now)s::timestamptz END,"
            " state = CASE WHEN state = 'QUEUED' THEN 'CANCELLED' ELSE state END"
            f" WHERE id = %(id)s AND state IN {stops}",
            {"now": now, "id": job_id},
        )
        asked = cursor.rowcount == 1
    row.refresh_from_db()
    if asked and before is None:
        _record(row, "job.cancelled", actor=actor, now=now)
    if asked or row.state == JobState.CANCELLED:
        return job_ref(row)
    if row.state in OPEN:
        raise JobNotCancellable("This work cannot be stopped once it runs.", kind=row.kind)
    raise JobFinished("This job has ended.", state=row.state)


def start_again(*, actor: Changer, job_id: UUID, now: datetime) -> JobRef:
    """The same work as a new job of the actor; the old one stays as it ended.

    Raises: JobUnknown, JobNotStartedAgain, ScopeMissing, TooManyJobs.
    """
    row = _row(actor=actor, job_id=job_id)
    spec = find_kind(row.kind)
    ended_badly = row.state in (JobState.FAILED, JobState.CANCELLED)
    if spec is None or not spec.may_start_again or not ended_badly:
        raise JobNotStartedAgain("This job cannot be started again.", kind=row.kind, state=row.state)
    if row.created_by != actor.user_id:
        raise JobNotStartedAgain("Only whoever asked for it starts it again.", kind=row.kind)
    return _enqueue(actor=actor, spec=spec, params=row.params, now=now)


def job_ref(row: Job) -> JobRef:
    return JobRef(
        id=row.pk,
        kind=row.kind,
        state=JobState(row.state),
        created_by=row.created_by,
        done=row.progress_done,
        total=row.progress_total,
        message=row.message,
        result=row.result,
        refusal=row.refusal,
        result_file_id=row.result_file_id,
        attempts=row.attempts,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        cancel_asked_at=row.cancel_asked_at,
    )
