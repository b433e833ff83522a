"""How a handler tells how far it is, hears that it should stop, and says what came of it.

It only writes to memory; `watch` carries it to the job's row in a thread and connection of its own, at most twice
a second, so that watchers see it before the work commits and a job costs the handler no statement.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from uuid import UUID

import orjson


class JobCancelled(Exception):
    """Whoever asked for the work asked to stop it: chunks that were committed stand."""


class JobInterrupted(Exception):
    """This worker is being stopped; the job goes back into the queue."""


class JobLost(Exception):
    """Another worker has the job by now: this one was taken for dead."""


class HasId(Protocol):
    """A stored file."""

    @property
    def id(self) -> UUID: ...


def _never() -> bool:
    return False


class Progress:
    """One run of a job; safe to use from the handler's threads."""

    def __init__(self, *, stopping: Callable[[], bool] = _never) -> None:
        self._lock = threading.Lock()
        self._told: tuple[int, int | None, str] = (0, None, "")
        self._stopping = stopping
        self._cancelled = threading.Event()
        self._lost = threading.Event()
        self.facts: dict[str, Any] | None = None
        self.file_id: UUID | None = None

    def advance(self, done: int, total: int | None = None, message: str = "") -> None:
        """So much of `total` is done; `message` says what is going on. Cheap: call it as often as you like."""
        with self._lock:
            self._told = (done, total, message[:500])

    def check_cancelled(self) -> None:
        """Call it between chunks. Raises: JobCancelled; JobInterrupted and JobLost, which are not yours to catch."""
        if self._lost.is_set():
            raise JobLost
        if self._cancelled.is_set():
            raise JobCancelled
        if self._stopping():
            raise JobInterrupted

    def is_cancelled(self) -> bool:
        """For loops that end by themselves; `check_cancelled` afterwards tells why."""
        return self._cancelled.is_set() or self._lost.is_set() or self._stopping()

    def result(self, facts: Mapping[str, Any]) -> None:
        """What came of it, shown to whoever asked; the last call counts."""
        self.facts = orjson.loads(orjson.dumps(dict(facts), default=str))

    def attach(self, file: HasId) -> None:
        """The file that came of it; it must be visible to whoever asked."""
        self.file_id = file.id

    def told(self) -> tuple[int, int | None, str]:
        """done, total, message as told last."""
        with self._lock:
            return self._told

    def cancel(self) -> None:
        """Said by the watch: somebody asked to stop."""
        self._cancelled.set()

    def lose(self) -> None:
        """Said by the watch: the job is no longer ours."""
        self._lost.set()
