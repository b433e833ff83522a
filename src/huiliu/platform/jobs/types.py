"""What a job is to those who watch it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class JobState(StrEnum):
    """The life of a job: QUEUED → RUNNING → DONE, FAILED or CANCELLED; back to QUEUED when its worker died."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


OPEN = frozenset({JobState.QUEUED, JobState.RUNNING})


@dataclass(frozen=True, slots=True)
class JobRef:
    """One job as it stands. `refusal` is a problem document; `total` None: nobody knows how much there is."""

    id: UUID
    kind: str
    state: JobState
    created_by: int | None
    done: int
    total: int | None
    message: str
    result: dict[str, Any] | None
    refusal: dict[str, Any] | None
    result_file_id: UUID | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in a worker's hands. `attempt` fences it: who lost the job to another worker can no longer end it."""

    id: UUID
    kind: str
    params: dict[str, Any]
    attempt: int
    created_by: int | None
    scopes: frozenset[str]
    impersonator_id: int | None
