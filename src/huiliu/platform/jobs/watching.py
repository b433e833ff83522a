"""What the live stream tells of jobs: only to whoever asked for them, and nothing is stored for it.

A watcher compares the rows of the users it serves with what it told last. It cannot miss a late commit, for it
reads what stands, not what came; a client that was away asks for its jobs once and goes on listening.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from huiliu.platform.database import system_reach
from huiliu.platform.jobs.queue import job_ref
from huiliu.platform.jobs.types import OPEN, JobRef
from huiliu.platform.models import Job

#: A job that began and ended between two looks is told too.
NEW: Final = timedelta(minutes=1)


class JobWatch:
    """What a live process told its listeners last; not for two threads at once."""

    def __init__(self) -> None:
        self._told: dict[UUID, JobRef] = {}

    def changes(self, users: Collection[int]) -> list[JobRef]:
        """Jobs of these users that are not as they were at the last call, the oldest first. One statement."""
        if not users:
            self._told.clear()
            return []
        open_ones = [job.id for job in self._told.values() if job.state in OPEN]
        with system_reach("jobs"):
            rows = Job.objects.filter(
                Q(state__in=OPEN) | Q(created_at__gt=Now() - NEW) | Q(pk__in=open_ones),
                created_by__in=list(users),
            )
            found = [job_ref(row) for row in rows.order_by("created_at", "id")]
        changed = [
            job for job in found if job.id not in self._told or _shown(self._told[job.id]) != _shown(job)
        ]
        self._told = {job.id: job for job in found}
        return changed


def _shown(job: JobRef) -> tuple[object, ...]:
    return (job.state, job.done, job.total, job.message, job.cancel_asked_at)
