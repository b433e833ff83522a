"""Live updates: server-sent events over ASGI, on their own port so that an open stream holds no web worker.

One poller a process reads the event log below the commit horizon; each client gets what its reach shows.
`id:` is the position, so a client that reconnects with Last-Event-ID misses nothing. Jobs are told to whoever
asked for them, as they stand: these frames have no `id:` and are not repeated.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")

import django

django.setup()

import orjson
import structlog
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from huiliu.access.authentication import SESSION_COOKIE, resolve
from huiliu.access.checks import refuse_bypass
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform import events, logs, measuring
from huiliu.platform.database import system_reach
from huiliu.platform.jobs.types import JobRef
from huiliu.platform.jobs.watching import JobWatch

logs.configure()
log = structlog.get_logger("huiliu.live")
POLL_SECONDS = 0.5
RECHECK_SECONDS = 15.0
CLIENTS_MAX = 2_000
QUEUE_MAX = 1_000
#: What others do in their own house is nobody's news.
QUIET = frozenset({"session.opened", "session.refused"})

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(eq=False)
class Listener:
    """One open stream."""

    actor: Actor
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE_MAX))

    def tell(self, frame: bytes) -> None:
        """A listener that does not read loses what does not fit; it notices by the gap and asks again."""
        if not self.queue.full():
            self.queue.put_nowait(frame)


_listeners: set[Listener] = set()
_poller: asyncio.Task[None] | None = None
_watch = JobWatch()


def shows(actor: Actor, event: events.EventRow) -> bool:
    """The same rule as the row policy of the event log."""
    if event.type in QUIET:
        return False
    if event.broadcast or actor.reach.everything:
        return True
    return any(path and actor.reach.lo <= path < actor.reach.hi for path in event.visible_paths)


def _read(xid: int, number: int) -> list[events.EventRow]:
    close_old_connections()
    with system_reach("events"):
        return events.read_after(xid=xid, id=number)


def _now() -> tuple[int, int]:
    close_old_connections()
    with system_reach("events"):
        return events.position_now()


def _jobs(users: frozenset[int]) -> list[JobRef]:
    close_old_connections()
    return _watch.changes(users)


def _actor(token: str) -> Actor | None:
    close_old_connections()
    try:
        return resolve(token)
    except DomainError:
        return None


async def _poll() -> None:
    position = await sync_to_async(_now)()
    while True:
        await asyncio.sleep(POLL_SECONDS)
        if not _listeners:
            position = await sync_to_async(_now)()
            continue
        users = frozenset(one.actor.user_id for one in _listeners if one.actor.user_id is not None)
        try:
            found = await sync_to_async(_read)(*position)
            progressed = await sync_to_async(_jobs)(users)
        except Exception:  # noqa: BLE001 - the database may be away for a moment; the position stays
            log.warning("events cannot be read")
            continue
        for event in found:
            position = (event.xid, event.id)
            for listener in list(_listeners):
                if shows(listener.actor, event):
                    listener.tell(_frame(event))
        for job in progressed:
            for listener in list(_listeners):
                if listener.actor.user_id == job.created_by:
                    listener.tell(_job_frame(job))


def _frame(event: events.EventRow) -> bytes:
    data = {
        "type": event.type,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "payload": event.payload,
        "effective_at": event.effective_at,
    }
    return b"id: %d-%d\nevent: message\ndata: %s\n\n" % (event.xid, event.id, orjson.dumps(data, default=str))


def _job_frame(job: JobRef) -> bytes:
    """Shape: as an event's, `effective_at` null: it is a state, nothing that happened once."""
    data = {
        "type": "job.progressed",
        "subject_type": "job",
        "subject_id": job.id,
        "payload": {
            "kind": job.kind,
            "state": job.state,
            "done": job.done,
            "total": job.total,
            "message": job.message,
            "result_file_id": job.result_file_id,
        },
        "effective_at": None,
    }
    return b"event: message\ndata: %s\n\n" % orjson.dumps(data, default=str)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application; anything but the stream is 404."""
    global _poller
    if scope["type"] != "http":
        return
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["path"] == "/healthz":
        await _answer(send, 200, b"ok\n")
        return
    if scope["path"] != "/api/v1/live" or scope["method"] != "GET":
        await _answer(send, 404, b"not found\n")
        return
    token = _token(headers)
    actor = await sync_to_async(_actor)(token) if token else None
    if actor is None or len(_listeners) >= CLIENTS_MAX:
        await _answer(
            send,
            401 if actor is None else 503,
            b"sign in first\n" if actor is None else b"too many streams\n",
        )
        return
    if _poller is None or _poller.done():
        await sync_to_async(refuse_bypass)()
        _poller = asyncio.create_task(_poll())
    listener = Listener(actor)
    _listeners.add(listener)
    measuring.STREAMS.inc()
    try:
        await _stream(listener, token, headers, receive, send)
    finally:
        _listeners.discard(listener)
        measuring.STREAMS.dec()


def _token(headers: dict[str, str]) -> str:
    authorization = headers.get("authorization", "")
    if authorization.startswith("Bearer "):
        return authorization[7:].strip()
    cookie = SimpleCookie(headers.get("cookie", "")).get(SESSION_COOKIE)
    return cookie.value if cookie else ""


async def _stream(
    listener: Listener, token: str, headers: dict[str, str], receive: Receive, send: Send
) -> None:
    origin = headers.get("origin", "")
    sent = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    host = headers.get("host", "").split(":")[0]
    if origin and origin.split("//")[-1].split(":")[0] == host:
        sent += [
            (b"access-control-allow-origin", origin.encode()),
            (b"access-control-allow-credentials", b"true"),
        ]
    await send({"type": "http.response.start", "status": 200, "headers": sent})
    await send({"type": "http.response.body", "body": b": ready\n\n", "more_body": True})
    for event in await _missed(listener.actor, headers.get("last-event-id", "")):
        await send({"type": "http.response.body", "body": _frame(event), "more_body": True})
    gone = asyncio.create_task(_disconnected(receive))
    while not gone.done():
        try:
            frame = await asyncio.wait_for(listener.queue.get(), RECHECK_SECONDS)
            await send({"type": "http.response.body", "body": frame, "more_body": True})
        except TimeoutError:
            if await sync_to_async(_actor)(token) is None:
                break  # the session ended: so does the stream
            await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
    gone.cancel()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _missed(actor: Actor, last: str) -> list[events.EventRow]:
    """What happened since the position the client saw last."""
    xid, _, number = last.partition("-")
    if not (xid.isdigit() and number.isdigit()):
        return []
    found = await sync_to_async(_read)(int(xid), int(number))
    return [event for event in found if shows(actor, event)]


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, status: int, body: bytes) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
    )
    await send({"type": "http.response.body", "body": body})
