"""Who listens to the live stream, and what each one is told. Needs Django set up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from huiliu.access.checks import refuse_bypass
from huiliu.access.types import Actor
from huiliu.flows.desk.notice_watch import NoticeWatch, Written, concerns
from huiliu.platform import events
from huiliu.platform.database import system_reach
from huiliu.platform.jobs.types import JobRef
from huiliu.platform.jobs.watching import JobWatch

log = structlog.get_logger("huiliu.live")
POLL_SECONDS = 0.5
QUEUE_MAX = 1_000
PAGE = 500
MISSED_MAX = 10_000  # events read for one that comes back, its own or not
#: What others do in their own house is nobody's news.
QUIET: Final = frozenset({"session.opened", "session.refused"})

Position = tuple[int, int]
Frame = tuple[Position | None, bytes]


def shows(actor: Actor, event: events.EventRow) -> bool:
    """The same rule as the row policy of the event log."""
    if event.type in QUIET:
        return False
    if event.broadcast or actor.reach.everything:
        return True
    return any(path and actor.reach.lo <= path < actor.reach.hi for path in event.visible_paths)


@dataclass(eq=False)
class Listener:
    """One open stream."""

    actor: Actor
    queue: asyncio.Queue[Frame] = field(default_factory=lambda: asyncio.Queue(QUEUE_MAX))
    has_lost: bool = False
    heard: Position = (0, 0)  # up to here it was told what it missed

    def tell(self, frame: bytes, position: Position | None = None) -> None:
        """A listener that does not read loses what does not fit, and is told so when it reads again."""
        if self.queue.full():
            self.has_lost = True
        else:
            self.queue.put_nowait((position, frame))

    async def next(self) -> bytes:
        """What to send next; nothing twice."""
        while True:
            if self.has_lost:
                self.has_lost = False
                return GAP
            position, frame = await self.queue.get()
            if position is None or position > self.heard:
                return frame

    async def missed(self, last: str) -> AsyncIterator[bytes]:
        """What happened since the position the client saw last, or that too much did."""
        xid, _, number = last.partition("-")
        if not (xid.isdigit() and number.isdigit()):
            return
        self.heard = (int(xid), int(number))
        for _ in range(MISSED_MAX // PAGE):
            found = await sync_to_async(_read)(*self.heard)
            for event in found:
                self.heard = (event.xid, event.id)
                if shows(self.actor, event):
                    yield _event_frame(event)
            if len(found) < PAGE:
                return
        yield GAP


class Poller:
    """Reads the log for all listeners of this process. It begins with the first and goes on."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._jobs = JobWatch()
        self._notices = NoticeWatch()
        self._task: asyncio.Task[None] | None = None
        self._stands = asyncio.Event()
        self._position: Position = (0, 0)  # up to here everybody was told

    async def stand(self) -> None:
        """Begin if it does not run. From its return on, whatever happens is told to who is among the listeners."""
        if self._task is None or self._task.done():
            self._stands = asyncio.Event()
            self._task = asyncio.create_task(self._run())
        stands = asyncio.create_task(self._stands.wait())
        await asyncio.wait({stands, self._task}, return_when=asyncio.FIRST_COMPLETED)
        stands.cancel()
        if self._task.done():
            self._task.result()  # it could not begin: why

    async def end(self) -> None:
        """Stop reading."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        await sync_to_async(refuse_bypass)()
        self._position = await sync_to_async(_now)()
        await sync_to_async(self._written)()
        self._stands.set()
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                await self._look()
            except Exception:  # noqa: BLE001 - the database may be away for a moment; the position stays
                log.warning("events cannot be read")

    async def _look(self) -> None:
        if self.listeners:
            await self._tell_events()
            await self._tell_jobs()
        else:
            newest = await sync_to_async(_now)()
            if not self.listeners:  # who came meanwhile is told from before
                self._position = newest
        written = await sync_to_async(self._written)()
        for listener in self.listeners:
            if any(concerns(listener.actor, one) for one in written):
                listener.tell(NEW_NOTICES)

    async def _tell_events(self) -> None:
        for event in await sync_to_async(_read)(*self._position):
            self._position, frame = (event.xid, event.id), _event_frame(event)
            for listener in self.listeners:
                if shows(listener.actor, event):
                    listener.tell(frame, self._position)

    async def _tell_jobs(self) -> None:
        users = frozenset(one.actor.user_id for one in self.listeners if one.actor.user_id is not None)
        for job in await sync_to_async(self._progressed)(users):
            frame = _job_frame(job)
            for listener in self.listeners:
                if listener.actor.user_id == job.created_by:
                    listener.tell(frame)

    def _progressed(self, users: frozenset[int]) -> list[JobRef]:
        close_old_connections()
        return self._jobs.changes(users)

    def _written(self) -> list[Written]:
        close_old_connections()
        return self._notices.fresh()


def _read(xid: int, number: int) -> list[events.EventRow]:
    close_old_connections()
    with system_reach("events"):
        return events.read_after(xid=xid, id=number, limit=PAGE)


def _now() -> Position:
    close_old_connections()
    with system_reach("events"):
        return events.position_now()


def _event_frame(event: events.EventRow) -> bytes:
    data = {
        "type": event.type,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "payload": event.payload,
        "effective_at": event.effective_at,
    }
    return b"id: %d-%d\nevent: message\ndata: %s\n\n" % (event.xid, event.id, orjson.dumps(data, default=str))


def _job_frame(job: JobRef) -> bytes:
    payload = {
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "result_file_id": job.result_file_id,
    }
    return _state_frame("job.progressed", "job", job.id, payload)


def _state_frame(kind: str, subject_type: str | None, subject_id: object, payload: dict[str, Any]) -> bytes:
    """Shape: as an event's, `effective_at` null: it is a state, nothing that happened once."""
    data = {
        "type": kind,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "payload": payload,
        "effective_at": None,
    }
    return b"event: message\ndata: %s\n\n" % orjson.dumps(data, default=str)


#: Which ones, the reader asks the list.
NEW_NOTICES: Final = _state_frame("notice.written", "notice", "", {})
#: Everything that a screen shows may be old.
GAP: Final = _state_frame("stream.gap", None, "", {})
