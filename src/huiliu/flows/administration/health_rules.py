"""Which figures of an installation want a person: pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from huiliu.platform.recurring import Run

WORKER_SILENT: Final = timedelta(minutes=1)
CONSUMER_LATE: Final = timedelta(minutes=5)
WAREHOUSE_LATE: Final = timedelta(minutes=10)
JOB_WAITS: Final = timedelta(minutes=10)
HORIZON_HELD: Final = timedelta(minutes=5)
BACKUP_OLD: Final = timedelta(days=2)
DISK_FREE_SHARE: Final = 0.10
CONNECTIONS_SHARE: Final = 0.90


class Severity(StrEnum):
    """BAD: something stands still or will soon. WAIT: somebody should look."""

    BAD = "BAD"
    WAIT = "WAIT"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that wants a person; `about` names the work or the consumer, if one."""

    code: str
    severity: Severity
    about: str = ""


@dataclass(frozen=True, slots=True)
class ConsumerState:
    """How far a consumer of events is; `waiting_since` is the oldest event it has not handled."""

    name: str
    backlog: int
    waiting_since: datetime | None
    moved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; None is unknown, never zero."""

    connections: int
    connections_max: int
    horizon_held_since: datetime | None
    runs: tuple[Run, ...]
    modules_off: frozenset[str]
    job_waiting_since: datetime | None
    consumers: tuple[ConsumerState, ...]
    warehouse_at: datetime | None
    disk_free: int
    disk_total: int
    backup_at: datetime | None


def worker_seen_at(runs: Sequence[Run]) -> datetime | None:
    """When the worker last told of anything."""
    return max((run.ran_at for run in runs if run.ran_at is not None), default=None)


def judge(figures: Figures, *, now: datetime) -> list[Finding]:
    """Everything that wants a person, the worst first."""
    found = [
        *_worker(figures, now=now),
        *_backlogs(figures, now=now),
        *_machine(figures, now=now),
    ]
    return sorted(found, key=lambda one: (one.severity is not Severity.BAD, one.code, one.about))


def _worker(figures: Figures, *, now: datetime) -> list[Finding]:
    seen = worker_seen_at(figures.runs)
    if seen is None or now - seen > WORKER_SILENT:
        return [Finding("worker_silent", Severity.BAD)]
    return [
        Finding("work_fails", Severity.BAD if run.failures >= 3 else Severity.WAIT, run.name)
        for run in figures.runs
        if run.failures
    ]


def _backlogs(figures: Figures, *, now: datetime) -> list[Finding]:
    found = [
        Finding("consumer_late", Severity.WAIT, one.name)
        for one in figures.consumers
        if one.waiting_since is not None and now - one.waiting_since > CONSUMER_LATE
    ]
    if figures.job_waiting_since is not None and now - figures.job_waiting_since > JOB_WAITS:
        found.append(Finding("job_waits", Severity.WAIT))
    if figures.horizon_held_since is not None and now - figures.horizon_held_since > HORIZON_HELD:
        found.append(Finding("horizon_held", Severity.WAIT))
    late = figures.warehouse_at is None or now - figures.warehouse_at > WAREHOUSE_LATE
    if late and "insights" not in figures.modules_off:
        found.append(Finding("warehouse_late", Severity.WAIT))
    return found


def _machine(figures: Figures, *, now: datetime) -> list[Finding]:
    found: list[Finding] = []
    if figures.disk_total and figures.disk_free / figures.disk_total < DISK_FREE_SHARE:
        found.append(Finding("disk_low", Severity.BAD))
    if figures.connections > figures.connections_max * CONNECTIONS_SHARE:
        found.append(Finding("connections_high", Severity.BAD))
    if figures.backup_at is None:
        found.append(Finding("backup_unknown", Severity.WAIT))
    elif now - figures.backup_at > BACKUP_OLD:
        found.append(Finding("backup_old", Severity.WAIT))
    return found
