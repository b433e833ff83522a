"""Ids are ordered by time, paths are ranges, states move only along the table."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from enum import auto
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel import states
from huiliu.kernel.ids import (
    ClockSkewed,
    IdInvalid,
    check_uuid7,
    is_uuid7,
    parse_short_code,
    parse_uuid7,
    short_code,
    time_of,
    uuid7,
    uuid7_of,
)
from huiliu.kernel.paths import (
    ancestors,
    child_path,
    depth,
    is_path,
    is_within,
    number_of,
    own_range,
    parent_path,
    range_of,
    segment,
)
from huiliu.kernel.states import State, WrongState

NUMBERS = st.integers(1, 16**6 - 1)
PATHS = st.lists(NUMBERS, min_size=1, max_size=5).map(lambda numbers: "".join(map(segment, numbers)))


def test_ids_grow_within_a_process_even_in_one_millisecond() -> None:
    ids = [uuid7() for _ in range(10_000)]

    assert ids == sorted(ids)
    assert len(set(ids)) == 10_000
    assert all(map(is_uuid7, ids))


def test_ids_of_threads_never_meet() -> None:
    made: list[list[UUID]] = [[] for _ in range(4)]
    threads = [
        threading.Thread(target=lambda mine: mine.extend(uuid7() for _ in range(2_000)), args=(bucket,))
        for bucket in made
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({one for bucket in made for one in bucket}) == 8_000
    assert all(bucket == sorted(bucket) for bucket in made)


def test_the_time_in_an_id_is_now() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    made = time_of(uuid7())

    assert before <= made <= datetime.now(UTC) + timedelta(seconds=5)


def an_id(at: datetime) -> UUID:
    return UUID(int=int(at.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62 | 5)


def test_an_id_from_the_future_is_refused_and_an_old_one_is_not() -> None:
    now = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)

    assert check_uuid7(an_id(now + timedelta(hours=24)), now=now)
    assert parse_uuid7(str(an_id(now - timedelta(days=900))).upper(), now=now)
    with pytest.raises(ClockSkewed):
        check_uuid7(an_id(now + timedelta(hours=24, milliseconds=1)), now=now)


NO_UUID7 = {
    "v4": str(uuid4()),
    "empty": "",
    "digit": "7",
    "letters": "x" * 36,
    "hex": uuid7().hex,
    "braces": f"{{{uuid7()}}}",
}


@pytest.mark.parametrize("text", NO_UUID7.values(), ids=NO_UUID7.keys())
def test_what_is_no_uuid7_is_refused(text: str) -> None:
    with pytest.raises(IdInvalid):
        parse_uuid7(text, now=datetime(2100, 1, 1, tzinfo=UTC))


@given(st.integers(0, 32**8))
def test_a_short_code_can_be_read_back_however_it_is_typed(number: int) -> None:
    code = short_code(number)

    assert parse_short_code(code) == number
    assert parse_short_code(code.lower().replace("0", "o").replace("1", "l")) == number
    assert len(code) >= 6


def test_a_short_code_is_crockford_base_32() -> None:
    assert short_code(1_000_000) == "00YGJ0"
    with pytest.raises(IdInvalid):
        parse_short_code("U!")


@given(PATHS, PATHS)
def test_a_subtree_is_exactly_one_range(path: str, other: str) -> None:
    low, high = range_of(path)
    own_low, own_high = own_range(path)

    assert (low <= other < high) == is_within(other, path) == other.startswith(path)
    assert (own_low <= other < own_high) == (other == path)
    assert range_of("")[0] <= other < range_of("")[1]


@given(PATHS, NUMBERS)
def test_a_child_lies_in_its_parent_and_knows_it(path: str, number: int) -> None:
    child = child_path(path, number)

    assert is_within(child, path)
    assert not is_within(path, child)
    assert (parent_path(child), number_of(child), depth(child)) == (path, number, depth(path) + 1)
    assert ancestors(child) == [*ancestors(path), child]
    assert is_path(child)


def test_a_path_is_written_in_six_hex_digits_per_level() -> None:
    assert child_path("000001.", 10) == "000001.00000a."
    assert range_of("000001.") == ("000001.", "000001/")
    assert own_range("000001.") == ("000001.", "000001.!")
    assert [is_path(text) for text in ("", "000001", "00000A.", "000001.00000a.")] == [False] * 3 + [True]
    for number in (0, -1, 16**6):
        with pytest.raises(ValueError, match="does not fit"):
            segment(number)


class Door(State):
    SHUT = auto()
    OPEN = auto()
    LOCKED = auto()
    BROKEN = auto()


MOVES: states.Moves[Door] = {
    Door.SHUT: frozenset({Door.LOCKED, Door.OPEN}),
    Door.OPEN: frozenset({Door.SHUT}),
    Door.LOCKED: frozenset({Door.SHUT}),
    Door.BROKEN: frozenset(),
}


@pytest.mark.parametrize("before", list(Door))
@pytest.mark.parametrize("after", list(Door))
def test_a_state_moves_only_along_the_table(before: Door, after: Door) -> None:
    if after in MOVES[before]:
        assert states.step(MOVES, before=before, after=after) is after
        assert states.may(MOVES, before=before, after=after)
        return
    assert not states.may(MOVES, before=before, after=after)
    with pytest.raises(WrongState) as refusal:
        states.step(MOVES, before=before, after=after)
    assert refusal.value.facts["before"] == before.value
    assert refusal.value.facts["allowed"] == [state.value for state in states.allowed(MOVES, before=before)]


def test_the_allowed_moves_come_in_the_order_of_the_enum() -> None:
    assert states.allowed(MOVES, before=Door.SHUT) == [Door.OPEN, Door.LOCKED]
    assert states.is_final(MOVES, Door.BROKEN)
    assert not states.is_final(MOVES, Door.OPEN)
    assert Door.SHUT.value == "SHUT"


def test_a_table_tells_the_states_nobody_reaches() -> None:
    assert states.unknown_or_unreachable(MOVES, start=Door.SHUT) == {Door.BROKEN}
    half: states.Moves[Door] = {door: moves for door, moves in MOVES.items() if door is not Door.BROKEN}
    with pytest.raises(ValueError, match="no row for BROKEN"):
        states.unknown_or_unreachable(half, start=Door.SHUT)


def test_the_id_of_an_instant_and_a_key_is_the_same_again_and_carries_the_instant() -> None:
    at = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)

    assert uuid7_of(at, "a") == uuid7_of(at, "a") != uuid7_of(at, "b")
    assert is_uuid7(uuid7_of(at, "a"))
    assert time_of(uuid7_of(at, "a")) == at
