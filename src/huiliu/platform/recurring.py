"""How recurring work went: written by the worker, read by the health page. The worker decides what runs and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiliu.platform.database import system_reach
from huiliu.platform.models import PeriodicRun

PROBLEM_MAX = 300


@dataclass(frozen=True, slots=True)
class Run:
    """The latest run of one piece of work; `failures` in a row, `problem` of the last of them."""

    name: str
    module: str
    every_seconds: int
    ran_at: datetime | None
    took_ms: int
    failures: int
    problem: str
    due_at: datetime


def note(
    *,
    name: str,
    module: str,
    every: timedelta,
    ran_at: datetime,
    took_ms: int,
    failures: int,
    problem: str,
    due_at: datetime,
) -> None:
    """Keep how a run went, in a transaction of its own: also a run that failed leaves its trace."""
    with system_reach("maintenance"):
        PeriodicRun.objects.update_or_create(
            name=name,
            defaults={
                "module": module,
                "every_seconds": max(1, int(every.total_seconds())),
                "ran_at": ran_at,
                "took_ms": took_ms,
                "failures": failures,
                "problem": problem[:PROBLEM_MAX],
                "due_at": due_at,
            },
        )


def forget_others(names: set[str]) -> None:
    """Work of an older version is no longer told about."""
    with system_reach("maintenance"):
        PeriodicRun.objects.exclude(name__in=names).delete()


def runs() -> list[Run]:
    """What the worker told last, by name. Under a system reach."""
    return [
        Run(
            name=row.name,
            module=row.module,
            every_seconds=row.every_seconds,
            ran_at=row.ran_at,
            took_ms=row.took_ms,
            failures=row.failures,
            problem=row.problem,
            due_at=row.due_at,
        )
        for row in PeriodicRun.objects.order_by("name")[:200]
    ]
