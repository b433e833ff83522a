"""The live stream over ASGI: each client hears what its reach shows, what it missed, and that it has new notices."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import orjson
import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connections

from huiliu.access.types import Actor, Role
from huiliu.entrypoints import live
from huiliu.entrypoints import live_telling as telling
from huiliu.platform import events
from huiliu.platform.database import system_reach
from huiliu.platform.models import Notice
from huiliu.testing.actors import NOW, a_brand, a_token, an_actor, an_organization
from huiliu.testing.ledger import committed

WAIT = 20.0  # for what must come
QUIET = 0.5  # for what must not: many looks of the poller


class Stream:
    """An open stream as its client sees it."""

    def __init__(self) -> None:
        self.status = 0
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif body := message["body"]:
            self._frames.put_nowait(body)

    async def frame(self) -> bytes:
        return await asyncio.wait_for(self._frames.get(), WAIT)

    async def told(self) -> tuple[str, dict[str, Any]]:
        """The position ("" without one) and the content of the next frame."""
        lines = dict(line.split(": ", 1) for line in (await self.frame()).decode().splitlines() if line)
        return lines.get("id", ""), orjson.loads(lines["data"])

    async def nothing(self) -> None:
        await asyncio.sleep(QUIET)
        assert self._frames.empty(), self._frames.get_nowait()


@contextlib.asynccontextmanager
async def listening(token: str, *, last: str = "") -> AsyncIterator[Stream]:
    stream, gone = Stream(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    headers = [(b"authorization", f"Bearer {token}".encode()), (b"last-event-id", last.encode())]
    scope = {"type": "http", "path": "/api/v1/live", "method": "GET", "headers": headers}
    running = asyncio.create_task(live.application(scope, receive, stream.send))
    if token != "nobody's":
        assert await stream.frame() == b": ready\n\n"
    yield stream
    gone.set()
    await asyncio.wait_for(running, WAIT)


@pytest.fixture
def played(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Awaitable[None]], None]]:
    """Plays a scene with a poller of its own that looks often."""
    poller = telling.Poller()
    monkeypatch.setattr(telling, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(live, "_poller", poller)

    async def scene(acts: Awaitable[None]) -> None:
        try:
            await acts
        finally:
            await poller.end()
            await sync_to_async(connections.close_all)()  # those of its thread

    yield lambda acts: asyncio.run(scene(acts))
    assert not poller.listeners


class House:
    def __init__(self) -> None:
        self.brand = a_brand()
        self.manager = an_actor(self.brand, Role.CHANNEL_MANAGER)
        self.dealer = an_actor(an_organization(parent=self.brand), Role.OWNER)
        self.other = an_actor(an_organization(parent=self.brand), Role.OWNER)
        self.tokens = {one.user_id: a_token(one) for one in (self.manager, self.dealer, self.other)}

    def listens(self, actor: Actor, **more: Any) -> Any:
        return listening(self.tokens[actor.user_id], **more)


@pytest.fixture
def house(committed_db: str) -> House:
    return committed(House)


async def shipped(house: House, number: str) -> None:
    def work() -> None:
        events.publish(
            type="order.shipped",
            subject_type="order",
            subject_id=number,
            paths=(house.dealer.organization_path, house.manager.organization_path),
            user_id=None,
            now=NOW,
        )

    await sync_to_async(committed)(work)


async def noted(for_: Actor, *, scope: str = "orders:receive", by: Actor | None = None) -> None:
    def work() -> None:
        Notice.objects.create(
            event_id=Notice.objects.count() + 1,
            kind="order.shipped",
            scope=scope,
            for_path=for_.organization_path,
            subject_type="order",
            subject_id="1",
            user_id=by.user_id if by else None,
            created_at=NOW,
        )

    await sync_to_async(committed)(work)


async def five_missed(house: House) -> str:
    """The position of the dealer who left before five more events, XS-1 to XS-5.

    They can be read by then: a transaction of a test beside may keep the horizon below them for a moment (ADR 7).
    """
    async with house.listens(house.dealer) as dealer:
        await shipped(house, "XS-0")
        position, _ = await dealer.told()
    for number in range(1, 6):
        await shipped(house, f"XS-{number}")
    xid, _, last = position.partition("-")
    deadline = time.monotonic() + WAIT

    def readable() -> int:
        with system_reach("tests"):
            return len(events.read_after(xid=int(xid), id=int(last)))

    while await sync_to_async(readable)() < 5:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
    return position


def test_an_event_is_told_to_its_two_sides_and_to_nobody_else(played, house):
    async def acts() -> None:
        async with (
            house.listens(house.manager) as manager,
            house.listens(house.dealer) as dealer,
            house.listens(house.other) as other,
        ):
            await shipped(house, "XS-1")
            for stream in (manager, dealer):
                position, told = await stream.told()
                assert position
                assert (told["type"], told["subject_type"], told["subject_id"]) == (
                    "order.shipped",
                    "order",
                    "XS-1",
                )
            await other.nothing()

    played(acts())


def test_who_comes_back_with_its_position_hears_what_it_missed_and_nothing_twice(played, house):
    async def acts() -> None:
        async with house.listens(house.dealer) as dealer:
            await shipped(house, "XS-1")
            position, _ = await dealer.told()
        await shipped(house, "XS-2")
        async with house.listens(house.other):  # somebody listens, so the poller goes on
            await shipped(house, "XS-3")
            async with house.listens(house.dealer, last=position) as dealer:
                assert [(await dealer.told())[1]["subject_id"] for _ in range(2)] == ["XS-2", "XS-3"]
                await dealer.nothing()

    played(acts())


def test_who_was_away_while_more_happened_than_is_read_back_is_told_of_a_gap(played, house, monkeypatch):
    monkeypatch.setattr(telling, "PAGE", 2)
    monkeypatch.setattr(telling, "MISSED_MAX", 4)

    async def acts() -> None:
        position = await five_missed(house)
        async with house.listens(house.dealer, last=position) as dealer:
            told = [(await dealer.told())[1] for _ in range(5)]
            assert [one["subject_id"] for one in told] == ["XS-1", "XS-2", "XS-3", "XS-4", ""]
            assert (told[4]["type"], told[4]["subject_type"]) == ("stream.gap", None)

    played(acts())


def test_more_than_a_page_was_missed_and_all_of_it_is_told(played, house, monkeypatch):
    monkeypatch.setattr(telling, "PAGE", 2)

    async def acts() -> None:
        position = await five_missed(house)
        async with house.listens(house.dealer, last=position) as dealer:
            told = [(await dealer.told())[1]["subject_id"] for _ in range(5)]
            assert told == ["XS-1", "XS-2", "XS-3", "XS-4", "XS-5"]
            await dealer.nothing()

    played(acts())


def test_who_reads_too_slowly_is_told_of_a_gap(house):
    async def acts() -> list[bytes]:
        listener = telling.Listener(house.dealer)
        for number in range(telling.QUEUE_MAX + 5):
            listener.tell(b"%d" % number, (1, number + 1))
        return [await listener.next() for _ in range(3)]

    assert asyncio.run(acts()) == [telling.GAP, b"0", b"1"]


def test_a_client_that_leaves_is_forgotten_at_once(played, house):
    async def acts() -> None:
        async with house.listens(house.dealer):
            assert len(live._poller.listeners) == 1
        assert not live._poller.listeners  # not only when the next look at its session is due

    played(acts())


def test_who_has_a_new_notice_is_told_once_that_there_is_one_and_not_what_it_says(played, house):
    async def acts() -> None:
        async with house.listens(house.dealer) as dealer, house.listens(house.other) as other:
            await noted(house.dealer)
            position, told = await dealer.told()
            assert position == ""
            assert told == {
                "type": "notice.written",
                "subject_type": "notice",
                "subject_id": "",
                "payload": {},
                "effective_at": None,
            }
            await noted(house.dealer, by=house.dealer)  # the own deed
            await noted(house.dealer, scope="policies:publish")  # nothing it can do something about
            await dealer.nothing()
            await other.nothing()

    played(acts())


def test_what_was_told_before_a_look_failed_is_not_told_again(played, house, monkeypatch):
    """The database goes away between the events and the jobs of a look."""
    failures = iter([True, True, False])

    def jobs(_self: object, _users: object) -> list[object]:
        if next(failures, False):
            raise OperationalError("gone")
        return []

    monkeypatch.setattr(telling.JobWatch, "changes", jobs)

    async def acts() -> None:
        async with house.listens(house.dealer) as dealer:
            await shipped(house, "XS-1")
            assert (await dealer.told())[1]["subject_id"] == "XS-1"
            await shipped(house, "XS-2")
            assert (await dealer.told())[1]["subject_id"] == "XS-2"
            await dealer.nothing()
        assert next(failures, None) is None  # it did fail

    played(acts())


def test_many_who_come_at_once_are_told_once(played, house):
    """One poller for all of them: a second one would tell everything twice."""

    async def acts() -> None:
        async with contextlib.AsyncExitStack() as stack:
            streams = await asyncio.gather(
                *(stack.enter_async_context(house.listens(house.dealer)) for _ in range(8))
            )
            await shipped(house, "XS-1")
            for stream in streams:
                assert (await stream.told())[1]["subject_id"] == "XS-1"
                assert stream._frames.empty()
            await streams[-1].nothing()

    played(acts())


def test_without_a_session_there_is_no_stream(played, house):
    async def acts() -> None:
        async with listening("nobody's") as stream:
            assert await stream.frame() == b"sign in first\n"
            assert stream.status == 401

    played(acts())
