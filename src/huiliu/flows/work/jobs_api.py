"""Jobs: mine, one, stop it, start it again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.types import Actor
from huiliu.flows.work import schemas as shapes
from huiliu.platform import jobs
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import Page, decode_cursor, page_of
from huiliu.platform.jobs.errors import (
    JobFinished,
    JobNotCancellable,
    JobNotStartedAgain,
    JobUnknown,
    TooManyJobs,
)

router = EdgeRouter(tag="jobs", module="platform")


@router.get("/jobs", scope="jobs:use", response=Page[shapes.JobOut], errors=[CursorInvalid])
def list_jobs(request: ActorRequest, query: Query[shapes.JobQuery]) -> Any:
    """The newest first; what is under way is told by the live stream too (`job.progressed`)."""
    rows = jobs.list_jobs(
        actor=request.actor,
        mine=not query.everyone,
        state=query.state,
        kind=query.kind,
        after=_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.created_at.isoformat(), str(row.id)))
    names = access.user_names({row.created_by for row in page["items"] if row.created_by is not None})
    page["items"] = [_shown(row, actor=request.actor, names=names) for row in page["items"]]
    return page


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, size=2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(key[0]), UUID(key[1])
    except (TypeError, ValueError, AttributeError) as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.get("/jobs/{job_id}", scope="jobs:use", response=shapes.JobOut, errors=[JobUnknown])
def get_job(request: ActorRequest, job_id: UUID) -> Any:
    """One job as it stands."""
    return _one(request, jobs.find_job(actor=request.actor, job_id=job_id))


@router.post(
    "/jobs/{job_id}/cancel",
    scope="jobs:use",
    response=shapes.JobOut,
    errors=[JobUnknown, JobFinished, JobNotCancellable],
)
def cancel_job(request: ActorRequest, job_id: UUID) -> Any:
    """Take it out of the queue, or ask it to stop: what it has finished until then stands."""
    return _one(request, jobs.cancel(actor=request.actor, job_id=job_id, now=request.now))


@router.post(
    "/jobs/{job_id}/start-again",
    scope="jobs:use",
    status=201,
    response=shapes.JobOut,
    errors=[JobUnknown, JobNotStartedAgain, TooManyJobs],
)
def start_job_again(request: ActorRequest, job_id: UUID) -> Any:
    """The same work as a new job, after it failed or was cancelled."""
    return _one(request, jobs.start_again(actor=request.actor, job_id=job_id, now=request.now))


def _one(request: ActorRequest, row: jobs.JobRef) -> dict[str, Any]:
    names = access.user_names([row.created_by] if row.created_by is not None else [])
    return _shown(row, actor=request.actor, names=names)


def _shown(row: jobs.JobRef, *, actor: Actor, names: dict[int, str]) -> dict[str, Any]:
    spec = jobs.find_kind(row.kind)
    waits = row.state is jobs.JobState.QUEUED
    runs = row.state is jobs.JobState.RUNNING and row.cancel_asked_at is None
    ended_badly = row.state in (jobs.JobState.FAILED, jobs.JobState.CANCELLED)
    return asdict(row) | {
        "label_zh": spec.words.zh if spec else row.kind,
        "label_en": spec.words.en if spec else row.kind,
        "created_by_name": names.get(row.created_by or 0, ""),
        "may_cancel": waits or (runs and (spec is None or spec.cancellable)),
        "may_start_again": spec is not None
        and spec.may_start_again
        and ended_badly
        and row.created_by == actor.user_id
        and spec.scope in actor.scopes,
    }
