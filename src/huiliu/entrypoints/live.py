"""Live updates: server-sent events over ASGI, on their own port so that an open stream holds no web worker.

One poller a process reads the event log below the commit horizon; each client gets what its reach shows.
`id:` is the position: a client that reconnects with Last-Event-ID hears what it missed, each event once. Whoever was
away too long or reads too slowly is told `stream.gap` instead: everything it shows may be old. Jobs are told to whoever
asked for them, as they stand, and that there are new notices to whom they concern: these frames have no `id:` and are
not repeated.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")

import django

django.setup()

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from huiliu.access.authentication import SESSION_COOKIE, resolve
from huiliu.access.types import Actor
from huiliu.entrypoints.live_telling import Listener, Poller
from huiliu.kernel.refusals import DomainError
from huiliu.platform import logs, measuring

logs.configure()
RECHECK_SECONDS = 15.0
CLIENTS_MAX = 2_000

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_poller = Poller()


def _actor(token: str) -> Actor | None:
    close_old_connections()
    try:
        return resolve(token)
    except DomainError:
        return None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application; anything but the stream is 404."""
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
    if actor is None or len(_poller.listeners) >= CLIENTS_MAX:
        await _answer(
            send,
            401 if actor is None else 503,
            b"sign in first\n" if actor is None else b"too many streams\n",
        )
        return
    listener = Listener(actor)
    _poller.listeners.add(listener)
    measuring.STREAMS.inc()
    try:
        await _poller.stand()
        await _stream(listener, token, headers, receive, send)
    finally:
        _poller.listeners.discard(listener)
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
    await _send_on(send, b": ready\n\n")
    async for frame in listener.missed(headers.get("last-event-id", "")):
        await _send_on(send, frame)
    gone = asyncio.create_task(_disconnected(receive))
    try:
        while (coming := await _coming(listener, gone)) is not None:
            if not coming and await sync_to_async(_actor)(token) is None:
                break  # the session ended: so does the stream
            await _send_on(send, coming or b": still here\n\n")
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def _coming(listener: Listener, gone: asyncio.Task[None]) -> bytes | None:
    """The next frame, empty when nothing happened for a while, None when the client is gone."""
    frame = asyncio.create_task(listener.next())
    await asyncio.wait({frame, gone}, timeout=RECHECK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if gone.done() or not frame.done():
        frame.cancel()
        return None if gone.done() else b""
    return frame.result()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_on(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _answer(send: Send, status: int, body: bytes) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
    )
    await send({"type": "http.response.body", "body": body})
